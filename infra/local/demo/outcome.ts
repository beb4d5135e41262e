import type { MemberNow } from '../../../shared/api/members.ts';
import { localText } from '../../../shared/kernel/text.ts';
import type { Journey, Model } from '../../../shared/scoring/model.ts';
import type { Listed, Lookup } from './lookup.ts';

export type StageCount = { readonly stage: string; readonly title: string; readonly people: number };
export type JourneyCount = { readonly title: string; readonly stages: readonly StageCount[] };
export type AtRisk = {
  readonly member: string;
  readonly name: string;
  readonly score: number;
  readonly reasons: readonly string[];
};

export type Outcome = {
  readonly journeys: readonly JourneyCount[];
  readonly atRisk: { readonly all: number; readonly worst: readonly AtRisk[] };
};

const english = (title: Journey['title']): string => localText(title, 'en', 'en');
const lowest = ({ scores }: Listed, score: string): number => scores[score] ?? 0;

const portrait = ({ member, attributes, scores, journeys }: MemberNow, score: string): AtRisk => ({
  member,
  name: [attributes.firstName, attributes.lastName].filter((name) => typeof name === 'string').join(' '),
  score: scores.find((one) => one.score === score)?.value ?? 0,
  reasons: journeys.filter(({ atRisk }) => atRisk).flatMap(({ reasons }) => reasons),
});

/** The score that the conditions of a journey ask about first; by it the members in a stage are ranked. */
const scoreOf = ({ stages }: Journey, model: Model): string => {
  const named = /"score":"([^"]+)"/.exec(JSON.stringify(stages))?.[1];
  return named ?? model.scores[0]?.id ?? '';
};

/** What has become of everybody, as the API tells it; of those at risk, the worst ones with the reasons. */
export const outcome = async (api: Lookup, worst: number): Promise<Outcome> => {
  const model = await api.model();
  const journeys: JourneyCount[] = [];
  const atRisk: { id: string; value: number; score: string }[] = [];
  for (const journey of model.journeys) {
    const score = scoreOf(journey, model);
    const stages: StageCount[] = [];
    for (const { id, title, atRisk: risky } of journey.stages) {
      const people = await api.inStage(journey.id, id);
      stages.push({ stage: id, title: english(title), people: people.length });
      if (risky) atRisk.push(...people.map((one) => ({ id: one.member, value: lowest(one, score), score })));
    }
    journeys.push({ title: english(journey.title), stages });
  }
  const first = atRisk.sort((a, b) => a.value - b.value).slice(0, worst);
  const worstOnes = await Promise.all(first.map(async ({ id, score }) => portrait(await api.member(id), score)));
  return { journeys, atRisk: { all: atRisk.length, worst: worstOnes } };
};
