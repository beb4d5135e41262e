import type { SendDigest } from '../../events/effect.ts';
import { digestMail } from '../../shared/mailing/digest-mail.ts';
import { type Prepared, type SendOnceDeps, type Sent, sendOnce } from '../../shared/mailing/send-once.ts';
import { type Portrait, portrait } from '../../shared/risk/portrait.ts';
import { staffLanguage } from '../../shared/risk/words.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import { ownersById } from '../../shared/scoring/staff.ts';
import type { PrepareDeps } from './prepare-mail.ts';

type DigestKey = { readonly owner: string; readonly run: number; readonly asked?: SendDigest };

export type DigestSending = Pick<
  PrepareDeps,
  'ledger' | 'modelVersion' | 'letters' | 'staff' | 'organisation' | 'language' | 'zone' | 'now'
> & {
  readonly digests: SendOnceDeps<DigestKey>;
  /** Up to when the owner knows who is at risk, epoch ms. */
  readonly noteListed: (owner: string, listedAt: number) => Promise<void>;
};

/** After this the list is not worth reading any more, ms: the next one is near. */
const STALE = 3 * 86_400_000;

type Person = SendDigest['news'][number];

const portraitsOf = async (
  { ledger, zone }: DigestSending,
  model: PublishedModel,
  people: readonly Person[],
  at: number,
): Promise<Portrait[]> => {
  const drawn = people.map(async ({ member, journey: journeyId, stage: stageId, since }) => {
    const journey = model.model.journeys.find(({ id }) => id === journeyId);
    const stage = journey?.stages.find(({ id }) => id === stageId);
    if (!journey || !stage) throw new Error('The model names no such stage');
    const events = await ledger(member);
    // Erased since the list was read: nothing is told of them.
    return events.length === 0 ? [] : portrait(model, member, events, { journey, stage, since }, at, zone);
  });
  return (await Promise.all(drawn)).flat();
};

const prepared = async (deps: DigestSending, effect: SendDigest): Promise<Prepared> => {
  const { at, previous, count, countNew } = effect;
  const [model, letters, staff] = await Promise.all([
    deps.modelVersion(effect.model),
    deps.letters(effect.model),
    deps.staff(),
  ]);
  if (!model || !letters) throw new Error('The version of the model that decided this is not there');
  const owner = staff && ownersById(staff).get(effect.owner);
  if (!owner) return { skip: 'no-owner' };
  if (deps.now() - effect.run > STALE) return { skip: 'stale' };
  const digest = {
    organisation: deps.organisation,
    ownerName: owner.name,
    at,
    previous,
    news: await portraitsOf(deps, model, effect.news, at),
    known: await portraitsOf(deps, model, effect.known, at),
    count,
    countNew,
  };
  const reader = { language: staffLanguage(owner.language, deps.language), fallback: deps.language, zone: deps.zone };
  return { to: owner.email, ...digestMail(letters.digest, digest, reader) };
};

/** Sends an owner the list of a run once, however often it is asked for, and notes up to when they know who is at risk. */
export const sendDigest = (deps: DigestSending) => {
  const send = sendOnce(deps.digests);
  return async (effect: SendDigest): Promise<Sent> => {
    const { owner, run, at } = effect;
    const sent = await send({ owner, run, asked: effect }, () => prepared(deps, effect));
    if (sent.kind === 'sent') await deps.noteListed(owner, at);
    return sent;
  };
};
