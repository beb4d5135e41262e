import { mailKey, memberKey, TAG_INDEX } from '../../shared/aws/keys.ts';
import { checkLetters, type Models } from './check-letters.ts';
import type { Findings } from './finding.ts';
import { erasedUpTo } from './graves.ts';
import { tagOf, takenByTag } from './mail-tags.ts';
import type { MemberRecord } from './records.ts';
import type { SimulatedWorld } from './world.ts';

export type Claimed = {
  readonly key: readonly [string, string];
  readonly state: string;
  /** Of one that waits: until when, epoch ms. */
  readonly until?: number | undefined;
  readonly inDoubt: boolean;
};

/** What must hold of the claim of a mail when all has come to rest. */
export const checkClaim = (
  { demand }: Findings,
  { clock, cloud, proven }: SimulatedWorld,
  { key, state, until, inDoubt }: Claimed,
  taken: ReadonlyMap<string, number>,
): void => {
  const name = key.join(' ');
  const tag = tagOf(...key);
  const count = taken.get(tag) ?? 0;
  // A report that comes late must be found at once: what an index hides then is not looked for again.
  const isHeard = proven.has(tag) && !cloud.witness.stale.has(TAG_INDEX.name);
  demand(!isHeard || state === 'sent', 'heard', () => `SES has told of ${name}, which is ${state}`);
  demand(count <= 1, 'sent-once', () => `${name} was sent ${count} times`);
  demand(state !== 'sent' || count === 1, 'sent-once', () => `${name} is noted as sent, and was not`);
  const isUnsent = state === 'skipped' || state === 'refused' || state === 'held';
  demand(!isUnsent || count === 0, 'sent-once', () => `${name} is ${state}, and was sent`);
  const isSettled = state !== 'held' && (isUnsent || state === 'sent' || state === 'unknown');
  const isWaiting = state === 'held' && until !== undefined && until > clock.now;
  demand(isSettled || isWaiting, 'settled', () => `${name} is still ${state}`);
  demand(state !== 'unknown' || inDoubt, 'no-doubt', () => `${name} is unknown, though nothing was doubtful`);
};

/** Reasons that can never be right for an effect that was decided. */
const impossible = new Set(['unknown-member', 'no-owner']);

/** What must hold of all that a member was told when all has come to rest. */
export const checkMails = (findings: Findings, world: SimulatedWorld, models: Models, record: MemberRecord): void => {
  const { demand } = findings;
  const { member, snapshot, mails, places, counted } = record;
  const { witness } = world.cloud;
  const inDoubt = world.doubts.has('deliver');
  // What was told of whoever was erased before is nobody's any more.
  const erasedAt = erasedUpTo(world.cloud.tables, member);
  const told = [...witness.told.values()].filter(
    ({ effect }) => effect.member === member && effect.sequence > erasedAt,
  );
  for (const { effect, differs } of told) {
    demand(!differs, 'told', () => `${member} ${effect.id} was told in two ways`);
  }
  const effects = told.map(({ effect }) => effect);
  const moves = new Map(effects.flatMap((one) => (one.kind === 'move' ? [[one.id, one] as const] : [])));

  for (const [journey, { stage, sequence }] of Object.entries(snapshot?.announced ?? {})) {
    let from: string | null = null;
    for (let i = erasedAt + 1; i <= sequence; i++) {
      const move = moves.get(`${journey}#${i}#move`);
      const before = from;
      demand(
        move !== undefined && move.from === before,
        'told',
        () => `${member}: change ${i} of ${journey} was not told`,
      );
      from = move?.stage ?? null;
    }
    const last = from;
    demand(last === stage, 'told', () => `${member} was told ${last} of ${journey}, not ${stage}`);
    const place = places.find((one) => one.journey === journey);
    const isListed = place?.sequence === sequence && place.stage === stage;
    demand(isListed, 'list', () => `${member} is listed in ${place?.stage} of ${journey}, not in ${stage}`);
  }
  const asked = effects.filter(({ kind }) => kind !== 'move').map(({ id }) => id);
  const claims = new Map(mails.map((mail) => [mail.id, mail]));
  const taken = takenByTag(world);
  for (const id of new Set([...asked, ...claims.keys()])) {
    const { state = 'missing', detail = '', until } = claims.get(id) ?? {};
    checkClaim(findings, world, { key: [memberKey(member), mailKey(id)], state, until, inDoubt }, taken);
    demand(asked.includes(id), 'settled', () => `${member} ${id} was claimed, and never asked for`);
    const isPossible = state !== 'skipped' || !impossible.has(detail);
    demand(isPossible, 'not-skipped', () => `${member} ${id} was skipped: ${detail}`);
  }
  for (const id of counted) {
    const { state = 'missing', detail } = claims.get(id) ?? {};
    // Of what a person gave up nobody can tell whether it was sent.
    const mayBeSent = state === 'sent' || state === 'unknown' || (state === 'refused' && detail === 'given-up');
    demand(mayBeSent, 'given-back', () => `${member} ${id} is counted, and ${state}`);
  }
  const oldest = witness.ages.get(member) ?? 0;
  const wasLate = (staleAfter: number) => models.changed || oldest > staleAfter;
  const written = (witness.written.get(member) ?? []).filter(({ after }) => (after.erasedAt ?? 0) >= erasedAt);
  checkLetters(findings, models, { effects, written, wasLate });
};
