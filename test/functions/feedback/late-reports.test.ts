import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { settleActs } from '../../../functions/feedback/settle-acts.ts';
import { memberStore } from '../../../shared/aws/dynamodb-member-store.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import type { Act } from '../../../shared/mailing/following/acts.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { day } from '../../support/given.ts';
import { letterTo } from '../../support/letter-to.ts';
import { record, scorer } from '../../support/pipeline.ts';
import { letters } from '../../support/postman.ts';

const TAKEN = day(60);
const HOUR = 3_600_000;
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11.0';
const instant = (after: number) => new Date(TAKEN + after).toISOString();

type Done = { readonly link?: string; readonly after: number };
type Report = Done | { readonly delivered: number };
const reportOf = (report: Report): object => {
  if ('delivered' in report) return { eventType: 'Delivery', delivery: { timestamp: instant(report.delivered) } };
  const timestamp = instant(report.after);
  return report.link === undefined
    ? { eventType: 'Open', open: { timestamp, userAgent } }
    : { eventType: 'Click', click: { timestamp, link: `https://example.org/${report.link}?who=1`, userAgent } };
};

const agreed: ActivityEvent = {
  ...{ source: 'crm', id: '1', type: 'consent.given', member: 'aino', time: day(50) },
  data: { purpose: 'tracking' },
};

/** A letter, feedback that hears of it, and the scorer that hears of that. */
const followed = async (words: readonly ActivityEvent[] = [agreed]) => {
  const { heard, told, members } = await letterTo('aino', { takenAt: TAKEN, ledger: words });
  const store = memberStore(members);
  const polku = scorer({ store, published: letters });
  return {
    hear: (report: Report, receives: number) => heard(reportOf(report), receives),
    told,
    score: async (...bodies: string[]) => {
      expect(await polku.on(200, ...bodies.map(record))).toEqual(new Set());
    },
    /** What counts in the ledger of what was done with the letter. */
    counted: async () =>
      (await store.ledger('aino')).flatMap(({ type, time, data }) =>
        type.startsWith('email.') ? [`${type} ${time - TAKEN} ${data.link ?? ''}`.trim()] : [],
      ),
    checkStanding: async () => {
      const snapshot = await store.read('aino');
      const anew = fold(letters.compiled, await store.wholeLedger('aino'));
      expect(canonicalJson(snapshot?.standing ?? {})).toBe(canonicalJson(anew));
    },
  };
};

/** What counts after some reports; those of one list come together, each list after the one before was judged and scored. */
const counted = async (...lists: readonly (readonly Report[])[]) => {
  const letter = await followed();
  for (const list of lists) {
    for (const receives of [1, 2]) for (const report of list) await letter.hear(report, receives);
    await letter.score(...letter.told());
  }
  await letter.checkStanding();
  return letter.counted();
};

const delivered = { delivered: 0 };
const spring = { link: 'spring', after: 9 * HOUR };
const summer = { link: 'summer', after: 9 * HOUR + 2000 };

describe('a click that turns out to be a machine’s', () => {
  it('is taken back when the rest of its burst is reported ten minutes late', async () => {
    const before = [`email.clicked ${9 * HOUR} https://example.org/spring`];
    expect(await counted([delivered], [spring])).toEqual(before);
    expect(await counted([delivered], [spring], [summer])).toEqual([]);
    expect(await counted([delivered], [summer], [spring])).toEqual([]);
  });

  it('takes the picture that was fetched beside it along', async () => {
    expect(await counted([delivered], [{ after: 9 * HOUR - 1000 }], [spring], [summer])).toEqual([]);
  });

  it('is taken back when the mail is reported to have arrived right before it', async () => {
    expect(await counted([spring])).toHaveLength(1);
    expect(await counted([spring], [{ delivered: 9 * HOUR - 20_000 }])).toEqual([]);
  });

  it('leaves what the person does with the same link, before and after it, however late that is known', async () => {
    const again = { link: 'spring', after: 12 * HOUR };
    const persons = [`email.clicked ${12 * HOUR} https://example.org/spring`];
    expect(await counted([delivered], [spring], [summer], [again])).toEqual(persons);
    expect(await counted([delivered], [spring], [again], [summer])).toEqual(persons);
    expect(await counted([delivered], [again], [spring], [summer])).toEqual(persons);
    expect(await counted([delivered], [again], [spring], [{ link: 'spring', after: HOUR }], [summer])).toEqual([
      `email.clicked ${HOUR} https://example.org/spring`,
    ]);
  });

  it('is taken back though the person does not agree any more; nothing else is told then', async () => {
    const letter = await followed();
    for (const receives of [1, 2]) for (const report of [delivered, spring]) await letter.hear(report, receives);
    expect(await letter.hear(summer, 1)).toBe(false);
    expect(await letter.hear({ ...spring, after: 12 * HOUR }, 1)).toBe(false);
    const no = { ...agreed, id: '2', type: 'consent.withdrawn', time: TAKEN + 13 * HOUR };
    await letter.score(...letter.told(), JSON.stringify({ kind: 'activity', event: no }));
    expect(await letter.counted()).toHaveLength(1);
    expect(await letter.hear(summer, 2)).toBe(true);
    await letter.score(...letter.told());
    expect(await letter.counted()).toEqual([]);
  });
});

it('what others have noted while it was written down what will be told is seen before it is told', async () => {
  const click = (link: string, at: number): Act => ({ kind: 'click', at: TAKEN + at, link });
  const acts = [click('spring', 9 * HOUR)];
  const letter = { member: 'aino', message: 'hello', deliveredAt: TAKEN, acts, told: [] };
  const events: ActivityEvent[] = [];
  const settle = settleActs({ tell: async (some) => void events.push(...some) });
  const settling = (others: readonly Act[]) =>
    settle({
      ...{ tag: 'a-tag', letter, sentAt: TAKEN, asked: { act: click('spring', 9 * HOUR), link: undefined } },
      agreed: () => true,
      noteTold: async (told) => ({ ...letter, acts: [...acts, ...others], told }),
    });
  await settling([]);
  expect(events.splice(0).map(({ type }) => type)).toEqual(['email.clicked']);
  await settling([click('summer', 9 * HOUR + 2000)]);
  expect(events.map(({ type }) => type)).toEqual(['event.retracted']);
});

/** What must count in the end: of each link, and of the picture, the first that no machine did. */
const personsIn = (done: readonly Done[], arrived: number): string[] => {
  const near = (one: Done, other: Done) => Math.abs(one.after - other.after) < 5000;
  const clicks = done.filter(({ link }) => link !== undefined);
  const isTried = (one: Done) => clicks.some((other) => other.link !== one.link && near(one, other));
  const isMachines = (one: Done) =>
    one.after - arrived < 60_000 ||
    (one.link === undefined ? clicks.some((other) => near(one, other) && isTried(other)) : isTried(one));
  return [...Map.groupBy(done, ({ link }) => link)].flatMap(([link, its]) => {
    const after = Math.min(...its.filter((one) => !isMachines(one)).map((one) => one.after));
    if (!Number.isFinite(after)) return [];
    return [link === undefined ? `email.opened ${after}` : `email.clicked ${after} https://example.org/${link}`];
  });
};

const acts = fc.uniqueArray(
  fc.record(
    {
      link: fc.constantFrom('a', 'b', 'c'),
      after: fc.integer({ min: 1, max: 12 }).map((steps) => steps * 3000 + 55_000),
    },
    { requiredKeys: ['after'] },
  ),
  { minLength: 1, maxLength: 6, selector: ({ link, after }) => `${link} ${after}` },
);

it('counts in the end what persons did first, however late, often and in whatever order it is reported and scored', async () => {
  await fc.assert(
    fc.asyncProperty(
      acts,
      fc.integer({ min: 0, max: 20_000 }),
      fc.infiniteStream(fc.nat()),
      async (done, arrived, dice) => {
        const below = (most: number) => (dice.next().value ?? 0) % most;
        const letter = await followed();
        const waiting = [...done, { delivered: arrived }].map((report) => ({ report, receives: 1 }));
        const bodies: string[] = [];
        while (waiting.length > 0) {
          const [next] = waiting.splice(below(waiting.length), 1);
          if (!next) continue;
          const isDone = await letter.hear(next.report, next.receives);
          // Some are reported once more, though they are done with.
          if (!isDone || below(5) === 0) waiting.push({ ...next, receives: next.receives + 1 });
          bodies.push(...letter.told());
          while (bodies.length > 0 && below(3) > 0)
            await letter.score(...bodies.splice(below(bodies.length), 1 + below(2)));
        }
        while (bodies.length > 0) await letter.score(...bodies.splice(below(bodies.length), 1));
        expect((await letter.counted()).sort()).toEqual(personsIn(done, arrived).sort());
        await letter.checkStanding();
      },
    ),
    { numRuns: 300 },
  );
}, 300_000);
