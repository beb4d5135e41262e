import { DAY } from '../kernel/duration.ts';
import { filled } from '../kernel/phrase.ts';
import type { LocalText } from '../kernel/text.ts';
import { type Deed, SOME_VALUE } from './deeds.ts';
import type { Direction, Way } from './outlook.ts';
import type { Speech } from './speech.ts';

/** What a way is told from: an instant (epoch ms), the titles of the stages, and the rules and types of what there was before. */
export type Told = {
  readonly at: number;
  readonly stageTitle: (stage: string) => LocalText;
  readonly before: ReadonlySet<string>;
};

const deedInWords = (deed: Deed, times: number, before: Told['before'], speech: Speech): string => {
  const { words, quoted, plural, value: valueInWords } = speech;
  const { ways } = words;
  if (deed.kind === 'tagged') return filled(deed.on ? ways.tagged : ways.untagged, { tag: deed.tag });
  if (deed.kind === 'said') {
    const { attribute, value } = deed;
    if (value === null) return filled(ways.notRegistered, { attribute });
    if (value === SOME_VALUE) return filled(ways.somethingRegistered, { attribute });
    return filled(ways.registered, { attribute, value: valueInWords(value) });
  }
  const { amount } = deed;
  const quotedTitle = quoted(deed.title);
  const title = amount
    ? filled(ways.amount, { title: quotedTitle, field: amount.field, value: valueInWords(amount.value) })
    : quotedTitle;
  return plural(before.has(deed.rule ?? deed.type) ? ways.moreTimes : ways.times, times, { title });
};

/** More dates than this are not listed. */
const MOST_DATES = 4;

/** When what it takes has to happen. Where once is enough, from when and until when; else on which days for example. */
const whenInWords = ({ deeds, by, at: reached }: Way, at: number, { words, date, days, plural, list }: Speech) => {
  const { ways } = words;
  const times = deeds.flatMap((one) => one.times).toSorted((a, b) => a - b);
  const [first = at] = times;
  const last = times.at(-1) ?? at;
  const later = reached - last >= DAY ? filled(ways.reached, { date: date(reached) }) : '';
  const soon = first - at < DAY;
  if (times.length > 1) {
    const dates = [...new Set(times.map(date))];
    const among = dates.length <= MOST_DATES ? ways.dates : ways.span;
    return filled(among, { dates: list(dates), from: date(first), by: date(last) }) + later;
  }
  if (by === undefined) return (soon ? '' : filled(ways.from, { date: date(first) })) + later;
  if (!soon) return filled(ways.between, { from: date(first), by: date(by) });
  return plural(ways.by, days(at, by), { date: date(by) });
};

/** One way to another stage, as a sentence without a full stop. */
export const wayInWords = (way: Way, { at, stageTitle, before }: Told, speech: Speech): string => {
  const { words, date, quoted, list } = speech;
  const stage = quoted(stageTitle(way.stage));
  if (way.deeds.length === 0) return filled(words.ways.time, { stage, date: date(way.at) });
  const deeds = way.deeds.map(({ deed, times }) => deedInWords(deed, times.length, before, speech));
  return filled(words.ways.deeds, { stage, deeds: list(deeds), when: whenInWords(way, at, speech) });
};

/** What leads up or down, as sentences; or the honest word that nothing was found. */
export const directionInWords = (
  direction: Direction,
  to: 'up' | 'down',
  told: Told,
  speech: Speech,
): readonly string[] =>
  'none' in direction ? [speech.words[to][direction.none]] : direction.ways.map((way) => wayInWords(way, told, speech));
