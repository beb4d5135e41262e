import type { ActivityEvent } from '../../events/envelope.ts';
import { milliseconds } from '../../shared/kernel/duration.ts';
import { arbitrate, type Wish } from '../../shared/mailing/restraint/arbitrate.ts';
import { contactRules } from '../../shared/mailing/restraint/contact-rules.ts';
import { counting, NO_TALLY, withoutWaiting, withWaiting } from '../../shared/mailing/restraint/tally.ts';
import { explain } from '../../shared/scoring/explain.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';

type Letter = Wish & { readonly journey: string; readonly stage: string; readonly staleAfter: number };

/** By the clock on a wall: `2026-09-14 08:00`. */
const clockIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at: number) => format.format(at);
};

const asked = (published: PublishedModel, events: readonly ActivityEvent[], until: number): readonly Letter[] => {
  const { model, compiled } = published;
  return explain(compiled, events, until).transitions.flatMap(({ journey, to, at }, i): Letter[] => {
    const stage = model.journeys.find(({ id }) => id === journey)?.stages.find(({ id }) => id === to);
    const wanted = model.messages.find(({ id }) => id === stage?.message);
    if (!wanted) return [];
    const { id: message, purpose, priority = 0, staleAfter } = wanted;
    const news = staleAfter === undefined ? compiled.staleAfter : milliseconds(staleAfter);
    return [
      {
        id: `${message}-${i}`,
        message,
        purpose,
        priority,
        decidedAt: at,
        journey,
        stage: stage?.id ?? '',
        staleAfter: news,
      },
    ];
  });
};

/**
 * What becomes of the letters that a life asks for, under the model's contact policy, for somebody who consents to all:
 * when each goes, by the clock of a zone, or why it does not.
 */
export const posted = (
  published: PublishedModel,
  events: readonly ActivityEvent[],
  until: number,
  zone: string,
): readonly string[] => {
  const rules = contactRules(published);
  if (!rules) throw new Error('The model has no contact policy');
  const clock = clockIn(zone);
  const queue = asked(published, events, until).map((letter) => ({ now: letter.decidedAt, letter }));
  const fates: string[] = [];
  let tally = NO_TALLY;
  while (queue.length > 0) {
    const next = queue.sort((a, b) => a.now - b.now).shift();
    if (!next || next.now > until) break;
    const { now, letter } = next;
    const { standing } = explain(published.compiled, events, now);
    if (standing.stages[letter.journey]?.stage !== letter.stage) {
      tally = withoutWaiting(tally, letter.id);
      fates.push(`${clock(now)} no ${letter.message}: moved-on`);
      continue;
    }
    const rivals = [
      ...tally.waiting.filter(
        ({ until, of }) => until <= now && (!of || standing.stages[of.journey]?.stage === of.stage),
      ),
      ...queue.filter((one) => one.now === now).map((one) => one.letter),
    ];
    const verdict = arbitrate({ rules, tally, rivals, standing, zone, now, staleAfter: letter.staleAfter }, letter);
    if (verdict.kind === 'wait') {
      const { journey, stage } = letter;
      const of = { journey, stage, sequence: 1 };
      tally = withWaiting(tally, { ...letter, until: verdict.until, staleAt: verdict.staleAt, of });
      queue.push({ now: verdict.until, letter });
    } else if (verdict.kind === 'drop') fates.push(`${clock(now)} no ${letter.message}: ${verdict.why}`);
    else {
      const { id, message, purpose } = letter;
      tally = counting(tally, { id, message, purpose, at: now }, rules.horizon);
      fates.push(`${clock(now)} ${message}`);
    }
  }
  return fates;
};
