import type { Word } from './choices.ts';
import type { MailStep } from './mail-log.ts';
import type { SimulatedWorld } from './world.ts';

const DAY = 86_400_000;
/** By so much clocks may be off, one against the other, ms. */
const SKEW = 21 * 60_000;
/** A pause is three months long, of which the shortest have 89 days. */
const PAUSE = 89 * DAY - SKEW;
const LONGEST_PAUSE = 92 * DAY + SKEW;

/** The word that forbids a mail for a purpose: it was answered before the mail was claimed, and nothing took it back. */
export const forbids = (
  { words, book, cloud }: SimulatedWorld,
  { member, claimed, done }: MailStep,
  purpose: string,
): Word | undefined => {
  if (purpose === 'service') return undefined;
  const own = words.filter((word) => word.member === member);
  /** A yes of theirs that was not answered before the no was said may be the later one. */
  const isTakenBack = ({ about, begun }: Word) =>
    own.some((yes) => !yes.no && yes.about === about && !(yes.answered !== undefined && yes.answered < begun));
  /** As may be one that a source can show the text of. */
  const isOverruled = ({ about, begun }: Word) =>
    [...book.entries.values()].some(({ member: of, contents }) => {
      if (of !== member) return false;
      return [...contents]
        .map((text) => JSON.parse(text))
        .some(
          ({ type, time, data }) =>
            type === 'consent.given' && data.purpose === about && data.wording !== undefined && time >= begun - SKEW,
        );
    });
  /** A pause that is wished while one is on does not make it longer. */
  const isOnAlready = ({ begun }: Word) =>
    own.some(
      (one) =>
        one.about === 'pause' &&
        one.no &&
        one.answered !== undefined &&
        one.begun < begun &&
        begun < one.begun + LONGEST_PAUSE &&
        !own.some((yes) => yes.about === 'pause' && !yes.no && one.begun <= yes.begun && yes.begun <= begun),
    );
  return own.find((word) => {
    const { about, no, isNews, begun, answered } = word;
    if (!no || !isNews || answered === undefined || answered >= claimed.at || isTakenBack(word)) return false;
    if (about === 'pause') return !isOnAlready(word) && done.at < begun + PAUSE && !cloud.witness.erasures.has(member);
    return about === purpose && !isOverruled(word);
  });
};

/** Whether an event of the members' own source is one that somebody asked for. */
export const isOwnWord = ({ words }: SimulatedWorld, member: string): boolean =>
  words.some((word) => word.member === member);
