import type { ActivityEvent } from '../../events/envelope.ts';
import { ownerOf } from '../../shared/risk/owner-of.ts';
import { presentStanding } from '../../shared/risk/present.ts';
import type { Ranked } from '../../shared/risk/rank.ts';
import { stageScore } from '../../shared/risk/stage-score.ts';
import type { Journey, Stage } from '../../shared/scoring/model.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import type { Owner, Staff } from '../../shared/scoring/staff.ts';
import type { Standing } from '../../shared/scoring/standing.ts';

type Place = { readonly journey: string; readonly stage: string | undefined; readonly toldAt: number };

export type FindDeps = {
  /** Pages of members in a stage, from an index that may lag. */
  readonly membersIn: (journey: string, stage: string) => AsyncIterable<readonly string[]>;
  readonly places: (
    members: readonly string[],
    journeys: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly Place[]>>;
  readonly snapshots: (members: readonly string[]) => Promise<ReadonlyMap<string, Snapshot>>;
  readonly ledger: (member: string) => Promise<readonly ActivityEvent[]>;
};

/** Somebody at risk, and whose list they are on. */
export type AtRisk = Ranked & {
  readonly owner: Owner;
  readonly place: { readonly journey: Journey; readonly stage: Stage; readonly since: number };
  /** When the lists by stage were told of it, epoch ms. */
  readonly toldAt: number;
};

/** The first journey in which the standing is at risk, and where. */
const riskIn = (journeys: readonly Journey[], { stages }: Standing): AtRisk['place'] | undefined => {
  for (const journey of journeys) {
    const at = stages[journey.id];
    const stage = at && journey.stages.find(({ id }) => id === at.stage);
    if (at && stage?.atRisk) return { journey, stage, since: at.since };
  }
  return undefined;
};

/**
 * Everybody who truly is at risk at an instant (epoch ms), each once, page by page. Candidates come from the index by
 * stage; whoever has come back since, or whom time has moved on, is left out.
 */
export async function* membersAtRisk(
  deps: FindDeps,
  { model, staff }: { readonly model: PublishedModel; readonly staff: Staff },
  now: number,
): AsyncGenerator<readonly AtRisk[]> {
  const risky = model.model.journeys.filter(({ stages }) => stages.some(({ atRisk }) => atRisk));
  const ids = risky.map(({ id }) => id);
  const owner = ownerOf(staff, model.compiled);

  /** Of several lists that hold a member, the first one names them. */
  const isNamedBy = (places: readonly Place[], journey: string, stage: string): boolean => {
    const listed = risky.find(({ id, stages }) => {
      const place = places.find((one) => one.journey === id);
      return stages.some((one) => one.atRisk && one.id === place?.stage);
    });
    return listed?.id === journey && places.some((one) => one.journey === journey && one.stage === stage);
  };

  const looked = async (member: string, snapshot: Snapshot, places: readonly Place[]): Promise<AtRisk | undefined> => {
    const standing = await presentStanding(model, snapshot, () => deps.ledger(member), now);
    const place = riskIn(risky, standing);
    const whose = place && owner(standing, now);
    if (!whose) return undefined;
    const score = stageScore(model.model, place.journey, place.stage);
    return {
      member,
      score: score ? scoreAt(model.compiled, standing, score.id, now) : 0,
      activeAt: standing.activeAt,
      owner: whose,
      place,
      toldAt: places.find(({ journey }) => journey === place.journey.id)?.toldAt ?? now,
    };
  };

  for (const journey of risky) {
    for (const stage of journey.stages.filter(({ atRisk }) => atRisk)) {
      for await (const page of deps.membersIn(journey.id, stage.id)) {
        const [places, snapshots] = await Promise.all([deps.places(page, ids), deps.snapshots(page)]);
        const found: AtRisk[] = [];
        for (const member of page) {
          const snapshot = snapshots.get(member);
          const its = places.get(member) ?? [];
          if (!snapshot || !isNamedBy(its, journey.id, stage.id)) continue;
          const one = await looked(member, snapshot, its);
          if (one) found.push(one);
        }
        yield found;
      }
    }
  }
}
