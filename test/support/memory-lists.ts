import type { Move } from '../../events/effect.ts';
import type { Place } from '../../shared/aws/journey-store.ts';

/** The lists by stage in memory. */
export const memoryLists = () => {
  const items = new Map<string, Map<string, Place & { sequence: number }>>();
  return {
    move: async ({ member, journey, stage, since, sequence }: Move, toldAt: number): Promise<void> => {
      const its = items.get(member) ?? new Map<string, Place & { sequence: number }>();
      items.set(member, its);
      if ((its.get(journey)?.sequence ?? 0) >= sequence) return;
      its.set(journey, { journey, stage: stage ?? undefined, since, toldAt, sequence });
    },
    async *membersIn(journey: string, stage: string): AsyncGenerator<string[]> {
      const all = [...items].filter(([, its]) => its.get(journey)?.stage === stage).map(([member]) => member);
      for (let i = 0; i < all.length; i += 10) yield all.slice(i, i + 10);
    },
    places: async (members: readonly string[], journeys: readonly string[]): Promise<Map<string, Place[]>> =>
      new Map(
        members.map((member) => [
          member,
          [...(items.get(member)?.values() ?? [])].filter(({ journey }) => journeys.includes(journey)),
        ]),
      ),
  };
};
