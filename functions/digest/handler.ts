import * as z from 'zod';
import type { Count } from '../../shared/lambda/metrics.ts';
import { digestMail } from '../../shared/mailing/digest-mail.ts';
import type { Letters } from '../../shared/mailing/letters/compiled-letter.ts';
import type { Mail } from '../../shared/mailing/mail.ts';
import { type Reclaims, type SendOnceDeps, type Sent, sendOnce } from '../../shared/mailing/send-once.ts';
import { sentMetrics } from '../../shared/mailing/sent-metrics.ts';
import { portrait } from '../../shared/risk/portrait.ts';
import { Worst } from '../../shared/risk/rank.ts';
import { staffLanguage } from '../../shared/risk/words.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import type { Owner, Staff } from '../../shared/scoring/staff.ts';
import { type AtRisk, type FindDeps, membersAtRisk } from './members-at-risk.ts';

const Scheduled = z.object({ scheduledAt: z.iso.datetime({ offset: true }) });

/** The digest of an owner for one run of the schedule, epoch ms. */
type DigestKey = { readonly owner: string; readonly scheduledAt: number };

export type DigestDeps = FindDeps & {
  readonly currentModel: () => Promise<PublishedModel | undefined>;
  /** The letters of a version of the model. */
  readonly letters: (version: number) => Promise<Letters | undefined>;
  readonly staff: () => Promise<Staff | undefined>;
  readonly digests: SendOnceDeps<DigestKey> & { readonly claims: Reclaims<DigestKey> };
  /** When the list of the owner's last digest was read, epoch ms. */
  readonly lastListed: (owner: string) => Promise<number | undefined>;
  readonly noteListed: (owner: string, listedAt: number) => Promise<void>;
  readonly organisation: string;
  /** The organisation's language and IANA time zone. */
  readonly language: string;
  readonly zone: string;
  readonly count: Count;
  readonly onError: (error: unknown) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

/** So many are shown in full; the rest are counted. A longer list is not read to its end. */
const SHOWN = 25;
/** The index may lag behind what was told: better to call somebody new twice than never, ms. */
const LAG = 60_000;

type List = {
  readonly owner: Owner;
  readonly previous: number | undefined;
  readonly news: Worst<AtRisk>;
  readonly known: Worst<AtRisk>;
};

/** Every owner with somebody at risk, with the worst of them. Memory grows with the owners, not with the members. */
const listsAt = async (deps: DigestDeps, model: PublishedModel, staff: Staff, at: number): Promise<List[]> => {
  const lists = new Map<string, List>();
  for await (const page of membersAtRisk(deps, { model, staff }, at)) {
    for (const one of page) {
      const { owner } = one;
      const list = lists.get(owner.id) ?? {
        owner,
        previous: await deps.lastListed(owner.id),
        news: new Worst<AtRisk>(SHOWN),
        known: new Worst<AtRisk>(SHOWN),
      };
      lists.set(owner.id, list);
      const isNew = list.previous === undefined || one.toldAt > list.previous - LAG;
      (isNew ? list.news : list.known).add(one);
    }
  }
  return [...lists.values()];
};

const digestFor = async (deps: DigestDeps, model: PublishedModel, list: List, at: number): Promise<Mail> => {
  const { owner, previous, news, known } = list;
  const portraits = (people: readonly AtRisk[]) =>
    Promise.all(
      people.map(async ({ member, place }) => portrait(model, member, await deps.ledger(member), place, at, deps.zone)),
    );
  const letters = await deps.letters(model.version);
  if (!letters) throw new Error('The model in force has no letters');
  const digest = {
    organisation: deps.organisation,
    ownerName: owner.name,
    at,
    previous,
    news: await portraits(news.worst),
    known: await portraits(known.worst.slice(0, SHOWN - news.worst.length)),
    count: news.count + known.count,
    countNew: news.count,
  };
  const reader = { language: staffLanguage(owner.language, deps.language), fallback: deps.language, zone: deps.zone };
  return { to: owner.email, ...digestMail(letters.digest, digest, reader) };
};

/**
 * Settles the digest of an owner with nobody at risk, if an earlier start of the same run broke off with it: then
 * nobody else would.
 */
const settleFor = async ({ digests, count }: DigestDeps, key: DigestKey): Promise<Sent> => {
  const { claims, send } = digests;
  const settle = sendOnce({ claims: { ...claims, claim: claims.reclaim }, send });
  const sent = await settle(key, async () => ({ skip: 'nobody-at-risk' }));
  if (sent.kind !== 'settled') count(sentMetrics[sent.kind], 1);
  return sent;
};

/**
 * Sends each owner with somebody at risk one mail, once for each run of the schedule, however often that is started.
 * @throws when some owners could not be served, after all the others were
 */
export const digest =
  (deps: DigestDeps) =>
  async (event: unknown): Promise<void> => {
    const scheduledAt = Date.parse(Scheduled.parse(event).scheduledAt);
    const at = deps.now();
    const [model, staff] = await Promise.all([deps.currentModel(), deps.staff()]);
    if (!model) return;
    if (!staff) throw new Error('No staff is set, so nobody can be told who is at risk');

    const send = sendOnce(deps.digests);
    const serve = async (list: List): Promise<Sent> => {
      const { id } = list.owner;
      const sent = await send({ owner: id, scheduledAt }, () => digestFor(deps, model, list, at));
      deps.count(sentMetrics[sent.kind], 1);
      if (sent.kind === 'sent') await deps.noteListed(id, at);
      return sent;
    };
    const lists = await listsAt(deps, model, staff, at);
    const listed = new Set(lists.map(({ owner }) => owner.id));
    const others = staff.owners.filter(({ id }) => !listed.has(id));
    let unserved = 0;
    for (const work of [
      ...lists.map((list) => () => serve(list)),
      ...others.map(
        ({ id }) =>
          () =>
            settleFor(deps, { owner: id, scheduledAt }),
      ),
    ]) {
      try {
        const { kind } = await work();
        if (kind === 'later' || kind === 'held' || kind === 'busy') unserved += 1;
      } catch (error) {
        deps.onError(error);
        unserved += 1;
      }
    }
    if (unserved > 0) throw new Error(`${unserved} digests could not be sent; the next run tries them again`);
  };
