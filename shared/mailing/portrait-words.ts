import { longAgo, wholeNumber, writtenDate } from '../kernel/calendar.ts';
import { filled } from '../kernel/phrase.ts';
import { localText } from '../kernel/text.ts';
import type { Portrait } from '../risk/portrait.ts';
import { type Reader, reasonInWords } from '../risk/words.ts';
import { textAttribute } from './fields.ts';
import { isMailbox } from './may-write.ts';
import { oneLine } from './one-line.ts';
import { staffWords } from './staff-words.ts';

/** One step of the course of a score, as shown. */
export type Step = { readonly when: string; readonly value: string; readonly height: number; readonly isNow: boolean };

/** A portrait in the reader's words: all that is left to do is to set it. */
export type PortraitInWords = {
  readonly name: string;
  readonly id: string | undefined;
  readonly place: string;
  readonly score: { readonly title: string; readonly steps: readonly Step[] } | undefined;
  readonly lastActivity: string | undefined;
  readonly reasons: readonly string[];
  readonly nextStep: string | undefined;
  readonly address: string | undefined;
};

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** The bar of the greatest value is so high, in px, unless all are small; nothing below zero. */
const HIGHEST = 40;
const LOWEST = 2;
const SMALL = 10;

const courseInWords = ({ course }: Portrait, { language, fallback }: Reader): PortraitInWords['score'] => {
  if (!course) return undefined;
  const words = staffWords[language];
  const top = Math.max(SMALL, ...course.points.map(({ value }) => value ?? 0));
  return {
    title: localText(course.title, language, fallback),
    steps: course.points.map(({ weeksAgo, value }) => ({
      when: weeksAgo === 0 ? words.now : filled(words.weeksAgo, { n: wholeNumber(weeksAgo, language) }),
      value: value === undefined ? '–' : wholeNumber(value, language),
      height: Math.max(LOWEST, Math.round((HIGHEST * Math.max(0, value ?? 0)) / top)),
      isNow: weeksAgo === 0,
    })),
  };
};

/** @param now epoch ms, for how long ago things were */
export const portraitInWords = (portrait: Portrait, reader: Reader, now: number): PortraitInWords => {
  const { member, profile, stage, since, lastActivity, reasons, nextStep } = portrait;
  const { language, fallback, zone } = reader;
  const words = staffWords[language];
  const text = (value: Parameters<typeof localText>[0]) => localText(value, language, fallback);
  const id = filled(words.id, { id: oneLine(member, 60) });
  const name = [textAttribute(profile, 'firstName'), textAttribute(profile, 'lastName')].filter(Boolean).join(' ');
  return {
    name: name || id,
    id: name ? id : undefined,
    place: filled(words.since, { stage: text(stage), date: writtenDate(since, language, zone) }),
    score: courseInWords(portrait, reader),
    lastActivity:
      lastActivity &&
      `${[
        ...(lastActivity.title === undefined ? [] : [text(lastActivity.title)]),
        longAgo(lastActivity.at, now, language, zone),
      ].join(', ')} (${writtenDate(lastActivity.at, language, zone)})`,
    reasons: reasons.map((reason) => capital(reasonInWords(reason, reader))),
    nextStep: nextStep === undefined ? undefined : text(nextStep),
    address: profile.email !== undefined && isMailbox(profile.email) ? profile.email : undefined,
  };
};
