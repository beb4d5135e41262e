import { createHash } from 'node:crypto';
import type { Effect } from '../../events/effect.ts';
import { mailKey, memberKey, TAG_INDEX } from '../../shared/aws/keys.ts';
import { milliseconds } from '../../shared/kernel/duration.ts';
import type { Findings } from './finding.ts';
import type { MemberRecord, Published } from './records.ts';
import { isLoud } from './rescores.ts';
import type { SimulatedWorld } from './world.ts';

type Models = {
  readonly of: (version: number) => Published;
  /** Whether members may have been scored by one model after another, or after none. */
  readonly changed: boolean;
};

/** What stands for a claim in what SES tells. */
export const tagOf = (partition: string, sort: string): string =>
  createHash('sha256')
    .update(JSON.stringify([partition, sort]))
    .digest('base64url');

/** How many mails SES took, by the tag that stands for a claim. */
export const takenByTag = ({ cloud }: Pick<SimulatedWorld, 'cloud'>): Map<string, number> => {
  const taken = new Map<string, number>();
  for (const { tags } of cloud.mail.sent) taken.set(tags.mail ?? '', (taken.get(tags.mail ?? '') ?? 0) + 1);
  return taken;
};

export type Claimed = { readonly key: readonly [string, string]; readonly state: string; readonly inDoubt: boolean };

/** What must hold of the claim of a mail when all has come to rest. */
export const checkClaim = (
  { demand }: Findings,
  { cloud, proven }: SimulatedWorld,
  { key, state, inDoubt }: Claimed,
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
  const isUnsent = state === 'skipped' || state === 'refused';
  demand(!isUnsent || count === 0, 'sent-once', () => `${name} is ${state}, and was sent`);
  const isSettled = isUnsent || state === 'sent' || state === 'unknown';
  demand(isSettled, 'settled', () => `${name} is still ${state}`);
  demand(state !== 'unknown' || inDoubt, 'no-doubt', () => `${name} is unknown, though nothing was doubtful`);
};

/** Reasons that can never be right for an effect that was decided. */
const impossible = new Set(['unknown-member', 'no-owner']);

const checkLetters = (
  { demand }: Findings,
  models: Models,
  effects: readonly Effect[],
  wasLate: (staleAfter: number) => boolean,
): void => {
  const told = new Set(effects.map(({ id }) => id));
  for (const move of effects) {
    if (move.kind !== 'move' || move.stage === null) continue;
    const { document } = models.of(move.model);
    const stage = document.journeys.find(({ id }) => id === move.journey)?.stages.find(({ id }) => id === move.stage);
    const staleAfter = milliseconds(document.staleAfter);
    const isNews = move.decidedAt - move.since <= staleAfter;
    for (const [kind, isWanted] of [
      ['message', stage?.message !== undefined],
      ['alert', stage?.alert],
    ] as const) {
      const isTold = told.has(`${move.journey}#${move.sequence}#${kind}`);
      const name = `${move.member} ${move.journey} ${move.stage} #${move.sequence}: ${kind}`;
      const mayBeTold = isNews || isLoud(document);
      demand(!isTold || (isWanted === true && mayBeTold), 'letters', () => `${name} was asked for without reason`);
      const mayBeQuiet = !isNews || wasLate(staleAfter);
      demand(isTold || !isWanted || mayBeQuiet, 'letters', () => `${name} was not asked for`);
    }
  }
};

/** What must hold of all that a member was told when all has come to rest. */
export const checkMails = (findings: Findings, world: SimulatedWorld, models: Models, record: MemberRecord): void => {
  const { demand } = findings;
  const { member, snapshot, mails, places, ledger } = record;
  const { witness } = world.cloud;
  const inDoubt = world.doubts.has('deliver');
  const told = [...witness.told.values()].filter(({ effect }) => effect.member === member);
  for (const { effect, differs } of told) {
    demand(!differs, 'told', () => `${member} ${effect.id} was told in two ways`);
  }
  const effects = told.map(({ effect }) => effect);
  const moves = new Map(effects.flatMap((one) => (one.kind === 'move' ? [[one.id, one] as const] : [])));

  for (const [journey, { stage, sequence }] of Object.entries(snapshot?.announced ?? {})) {
    let from: string | null = null;
    for (let i = 1; i <= sequence; i++) {
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
    const { state = 'missing', detail = '' } = claims.get(id) ?? {};
    checkClaim(findings, world, { key: [memberKey(member), mailKey(id)], state, inDoubt }, taken);
    demand(asked.includes(id), 'settled', () => `${member} ${id} was claimed, and never asked for`);
    const isPossible = state !== 'skipped' || !impossible.has(detail);
    demand(isPossible, 'not-skipped', () => `${member} ${id} was skipped: ${detail}`);
  }
  const oldest = witness.ages.get(member) ?? 0;
  checkLetters(findings, models, effects, (staleAfter) => models.changed || oldest > staleAfter);

  const hasAgreed = ledger.some(({ type }) => type === 'consent.given');
  // A farewell belongs to the service, which needs no consent.
  const letters = world.cloud.mail.sent.filter(
    ({ to, raw }) => to.some((one) => one.startsWith(`${member}@`)) && !/^Subject: Farewell\r?$/m.test(raw),
  );
  demand(hasAgreed || letters.length === 0, 'consent', () => `${member} was written to without having agreed`);
};
