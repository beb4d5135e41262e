import type { Effect } from '../../events/effect.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';

/** What happens to a call: it goes well, or the worker dies before or after it, or its answer gets lost, or it never ran. */
export type Fate = 'well' | 'crash-before' | 'crash-after' | 'answer-lost' | 'not-run';

export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Ports = Pick<
  MemberStore,
  'read' | 'readMany' | 'putEvents' | 'writeSnapshots' | 'ledger' | 'wholeLedger'
> & {
  readonly sendEffects: (effects: readonly Effect[]) => Promise<readonly boolean[]>;
};

const never = new Promise<never>(() => {});

/**
 * The ports of one worker whose every call asks for its fate first. A worker that has crashed gets no answer any more;
 * `crashed` rejects at that moment.
 */
export const faulty = (ports: Ports, fateOf: (call: string) => Promise<Fate>) => {
  let die: (crash: Crash) => void = () => {};
  const crashed = new Promise<never>((_, reject) => {
    die = reject;
  });
  let dead = false;
  const crash = () => {
    dead = true;
    die(new Crash());
    return never;
  };
  const call = async <Answer>(name: string, run: () => Promise<Answer>, unknown: () => Answer): Promise<Answer> => {
    if (dead) return never;
    const fate = await fateOf(name);
    if (fate === 'crash-before') return crash();
    if (fate === 'not-run') return unknown();
    const answer = await run();
    if (fate === 'crash-after') return crash();
    return fate === 'answer-lost' ? unknown() : answer;
  };
  const lost = (): never => {
    throw new Error('no answer');
  };
  const wrapped: Ports = {
    read: (member) => call('read', () => ports.read(member), lost),
    readMany: (members) => call('readMany', () => ports.readMany(members), lost),
    ledger: (member) => call('ledger', () => ports.ledger(member), lost),
    wholeLedger: (member) => call('wholeLedger', () => ports.wholeLedger(member), lost),
    putEvents: (events) =>
      call(
        'putEvents',
        () => ports.putEvents(events),
        () => events.map(() => 'failed' as const),
      ),
    writeSnapshots: (writes) =>
      call(
        'writeSnapshots',
        () => ports.writeSnapshots(writes),
        () => writes.map(() => 'failed' as const),
      ),
    sendEffects: (effects) =>
      call(
        'sendEffects',
        () => ports.sendEffects(effects),
        () => effects.map(() => false),
      ),
  };
  return { ports: wrapped, crashed };
};
