import * as z from 'zod';
import type { SendDigest } from '../../events/effect.ts';
import { chunks } from '../../shared/kernel/chunks.ts';
import type { Count } from '../../shared/lambda/metrics.ts';
import { Worst } from '../../shared/risk/rank.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import type { Staff } from '../../shared/scoring/staff.ts';
import { type AtRisk, type FindDeps, membersAtRisk } from './members-at-risk.ts';

const Scheduled = z.object({ scheduledAt: z.iso.datetime({ offset: true }) });

export type DigestDeps = FindDeps & {
  readonly currentModel: () => Promise<PublishedModel | undefined>;
  readonly staff: () => Promise<Staff | undefined>;
  /** When the lists of the owners' last digests were read, epoch ms. */
  readonly lastListed: (owners: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** For each digest in order whether deliver will hear of it for certain. */
  readonly send: (digests: readonly SendDigest[]) => Promise<readonly boolean[]>;
  readonly count: Count;
  /** Epoch ms. */
  readonly now: () => number;
};

/** So many are shown in full; the rest are counted. A longer list is not read to its end. */
const SHOWN = 25;
/** The index may lag behind what was told: better to call somebody new twice than never, ms. */
const LAG = 60_000;
/** So many digests are on their way to the queue at once. */
const AT_ONCE = 200;

type List = {
  readonly owner: string;
  readonly previous: number | undefined;
  readonly news: Worst<AtRisk>;
  readonly known: Worst<AtRisk>;
};

/** Every owner with somebody at risk, with the worst of them. Memory grows with the owners, not with the members. */
const listsAt = async (deps: DigestDeps, model: PublishedModel, staff: Staff, at: number): Promise<List[]> => {
  const lists = new Map<string, List>();
  for await (const page of membersAtRisk(deps, { model, staff }, at)) {
    const unseen = [...new Set(page.map(({ owner }) => owner.id))].filter((owner) => !lists.has(owner));
    const last = unseen.length > 0 ? await deps.lastListed(unseen) : new Map<string, number>();
    for (const owner of unseen) {
      const [news, known] = [new Worst<AtRisk>(SHOWN), new Worst<AtRisk>(SHOWN)];
      lists.set(owner, { owner, previous: last.get(owner), news, known });
    }
    for (const one of page) {
      const list = lists.get(one.owner.id);
      const isNew = list?.previous === undefined || one.toldAt > list.previous - LAG;
      (isNew ? list?.news : list?.known)?.add(one);
    }
  }
  return [...lists.values()];
};

const inShort = ({ member, place }: AtRisk): SendDigest['news'][number] => ({
  member,
  journey: place.journey.id,
  stage: place.stage.id,
  since: place.since,
});

const digestOf = ({ owner, previous, news, known }: List, run: number, at: number, model: number): SendDigest => ({
  kind: 'digest',
  owner,
  run,
  at,
  model,
  ...(previous === undefined ? {} : { previous }),
  news: news.worst.map(inShort),
  known: known.worst.slice(0, SHOWN - news.worst.length).map(inShort),
  count: news.count + known.count,
  countNew: news.count,
});

/**
 * Asks for one digest for each owner with somebody at risk. Deliver sends them, each once for each run of the schedule,
 * however often that is started: so a run is short, however many owners there are, and one that breaks off is begun anew.
 * @throws when some could not be asked for, after all the others were
 */
export const digest =
  (deps: DigestDeps) =>
  async (event: unknown): Promise<void> => {
    const run = Date.parse(Scheduled.parse(event).scheduledAt);
    const at = deps.now();
    const [model, staff] = await Promise.all([deps.currentModel(), deps.staff()]);
    if (!model) return;
    if (!staff) throw new Error('No staff is set, so nobody can be told who is at risk');

    let unsent = 0;
    for (const lists of chunks(await listsAt(deps, model, staff, at), AT_ONCE)) {
      const sent = await deps.send(lists.map((list) => digestOf(list, run, at, model.version)));
      const asked = sent.filter((one) => one).length;
      unsent += sent.length - asked;
      deps.count('DigestsAsked', asked);
    }
    if (unsent > 0) throw new Error(`${unsent} digests could not be asked for; the next try asks again`);
  };
