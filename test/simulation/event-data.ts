import type { Activity } from '../../events/envelope.ts';
import { type Random, random } from './random.ts';

const DAY = 86_400_000;

type Data = Activity['data'];

/** Chance for a life: that of old, and one of its own for what came later, so that the rest of a seed stays what it was. */
export type Draws = {
  readonly chance: Random;
  readonly particulars: Random;
  readonly following: Random;
  readonly retracting: Random;
};

export const drawsOf = (seed: number, stream: string): Draws => ({
  chance: random(seed, stream),
  particulars: random(seed, `${stream}, particulars`),
  following: random(seed, `${stream}, following`),
  retracting: random(seed, `${stream}, retracting`),
});

/** Somebody may live elsewhere, or where nobody knows. */
const drawZone = (pick: Random['pick']) => {
  const timeZone = pick([undefined, undefined, 'Pacific/Apia', 'America/St_Johns', 'Mars/Olympus']);
  return timeZone === undefined ? {} : { timeZone };
};

const plainOf = (type: string, { pick, chance, below }: Random): Data => {
  switch (type) {
    case 'event.attended':
      return { event: 'seminar', ...(chance(0.4) ? { role: pick(['speaker', 'participant']) } : {}) };
    case 'benefit.used':
      return { benefit: pick(['legal-advice', 'discount']), value: below(200) };
    case 'survey.answered':
      return { survey: 's', rating: below(5) };
    case 'consent.given':
    case 'consent.withdrawn':
      return {
        purpose: pick(['membership', 'membership', 'marketing', 'service']),
        ...(chance(0.1) ? { wording: '2026-02' } : {}),
      };
    case 'member.joined':
    case 'lead.created':
      return { attributes: { firstName: 'Maija', branch: pick(['care', 'schools']), ...drawZone(pick) } };
    case 'member.updated':
      return { attributes: { branch: pick(['care', null]), owner: pick(['aino', 'nobody', null]), status: 'king' } };
    default:
      return {};
  }
};

/** What else a source says: dates, lists and tags. */
const particularsOf = (type: string, time: number, { pick, chance, between }: Random): Data => {
  const dayAt = (days: number) => new Date(time + days * DAY).toISOString();
  const date = () => {
    const at = dayAt(between(-10, 50));
    return pick([at.slice(0, 10), at.slice(0, 10), at, `${at.slice(0, 10)}T23:30:00-11:00`, '2026-02-30', 'soon']);
  };
  switch (type) {
    case 'event.attended':
      return chance(0.5) ? { starts: date() } : {};
    case 'survey.answered':
      return chance(0.6) ? { topics: pick([['pay', 'Time'], ['Pension'], 'overpaid', 7]) } : {};
    case 'member.tagged':
    case 'member.untagged':
      return { tags: pick([['board'], ['Committee'], 'BOARD', ['board', 'other']]) };
    case 'member.joined':
    case 'lead.created':
    case 'member.updated':
      return {
        attributes: {
          ...(chance(0.7) ? { renews: date() } : {}),
          ...(chance(0.4) ? { born: pick(['2000-02-29', '2000-03-31', '2000-04-15', '1990-01-01']) } : {}),
          ...(chance(0.2) ? { tags: pick([['Board', 'choir'], 'committee', [], null]) } : {}),
        },
      };
    default:
      return {};
  }
};

/** No model asks about courses: they make room for tags. */
const typeOr = (type: string, { pick }: Random): string =>
  type === 'course.finished' ? pick(['course.finished', 'member.tagged', 'member.tagged', 'member.untagged']) : type;

const together = (one: Data, other: Data): Data => {
  const { attributes } = one;
  const { attributes: more } = other;
  const isObject = (value: unknown) => value instanceof Object;
  const both = isObject(attributes) && isObject(more) ? { attributes: { ...Object(attributes), ...Object(more) } } : {};
  return { ...one, ...other, ...both };
};

/** What a source says happened, of a type that was drawn, and what it says of it; `time` in epoch ms. */
export const saidOf = (
  drawn: string,
  time: number,
  { chance, particulars }: Pick<Draws, 'chance' | 'particulars'>,
): Pick<Activity, 'type' | 'data'> => {
  const data = plainOf(drawn, chance);
  const type = typeOr(drawn, particulars);
  return { type, data: together(data, particularsOf(type, time, particulars)) };
};
