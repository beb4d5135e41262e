import { describe, expect, it } from 'vitest';
import { Activity } from '../../../events/envelope.ts';
import { type LifeKind, YEAR } from '../../../infra/local/demo/lives.ts';
import { year } from '../../../infra/local/demo/year.ts';
import { DAY } from '../../../shared/kernel/duration.ts';

const start = Date.UTC(2026, 0, 5);
const of = (seed: number, people = 400) => year({ seed, people, start });
const demo = of(1);
const timesOf = (member: string, type?: string): readonly number[] =>
  demo.events
    .filter((event) => event.member.id === member && (type === undefined || event.type === type))
    .map(({ time }) => Date.parse(time));
const living = (kind: LifeKind) => demo.people.filter((one) => one.kind === kind);
/** The longest time without a sign, in days, within the year. */
const longestSilence = (member: string): number => {
  const times = [start, ...timesOf(member).filter((time) => time >= start), start + YEAR * DAY];
  return Math.max(...times.slice(1).map((time, i) => time - (times[i] ?? time))) / DAY;
};

describe('the year of a made-up organisation', () => {
  it('is the same for the same seed', () => expect(of(7, 40)).toEqual(of(7, 40)));

  it('is another for another seed, with ids that do not mix', () => {
    const ids = (seed: number) => new Set([...of(seed, 40).events, ...of(seed, 40).people].map(({ id }) => id));
    const others = ids(2);
    expect([...ids(1)].filter((id) => others.has(id))).toEqual([]);
  });

  it('has as many people as asked for, and everybody is heard of', () => {
    expect(demo.people).toHaveLength(400);
    expect(new Set(demo.events.map(({ member }) => member.id)).size).toBe(400);
  });

  it('keeps to what the front door takes', () => {
    for (const event of demo.events) expect(Activity.safeParse(event).success).toBe(true);
  });

  it('is told in the order in which it happened, with an id for each event', () => {
    const times = demo.events.map(({ time }) => Date.parse(time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(demo.events.map(({ id }) => id)).size).toBe(demo.events.length);
  });

  it('ends with the year', () => {
    const last = Date.parse(demo.events.at(-1)?.time ?? '');
    expect(last).toBeLessThan(start + YEAR * DAY);
    expect(last).toBeGreaterThan(start + (YEAR - 2) * DAY);
  });

  it('is of a size that plays in minutes', () => {
    expect(demo.events.length).toBeGreaterThan(8_000);
    expect(demo.events.length).toBeLessThan(20_000);
  });

  it('sleeps in July', () => {
    const inMonth = (month: number) => demo.events.filter(({ time }) => new Date(time).getUTCMonth() === month).length;
    expect(inMonth(6)).toBeLessThan(inMonth(4) / 2);
  });

  it('speaks four languages, and knows nobody with a real address', () => {
    expect(new Set(demo.people.map(({ attributes }) => attributes.language))).toEqual(
      new Set(['nb', 'sv', 'fi', 'en']),
    );
    for (const { email } of demo.people) expect(email).toMatch(/^[a-z]+\.[a-z]+\.demo-1-\d{4}@example\.com$/);
  });

  it('has the consent of most members, not of all', () => {
    const joined = demo.people.filter(({ id }) => timesOf(id, 'member.joined').length > 0).length;
    const agreed = demo.events.filter((e) => e.type === 'consent.given' && e.data.purpose === 'membership').length;
    expect(agreed).toBeGreaterThan(joined * 0.85);
    expect(agreed).toBeLessThan(joined);
  });
});

describe('the lives in it', () => {
  it('lets nobody do anything before they are known', () => {
    for (const { id } of demo.people) {
      const first = demo.events.find(({ member }) => member.id === id);
      expect(first?.type).toMatch(/^(lead\.created|member\.joined)$/);
    }
  });

  it('lets leads warm up before they join', () => {
    for (const { id } of living('joins')) {
      const [created = 0] = timesOf(id, 'lead.created');
      const [joined = 0] = timesOf(id, 'member.joined');
      expect(joined - created).toBeGreaterThan(10 * DAY);
    }
  });

  it.each(['cools-off', 'looks-in', 'about-to-join'] as const)('never lets a lead who %s join', (kind) => {
    expect(living(kind).length).toBeGreaterThan(4);
    for (const { id } of living(kind)) expect(timesOf(id, 'member.joined')).toEqual([]);
  });

  it('lets some fall silent for good', () => {
    for (const { id } of living('falls-silent'))
      expect((start + YEAR * DAY - (timesOf(id).at(-1) ?? 0)) / DAY).toBeGreaterThan(60);
  });

  it('lets some come back after months of silence', () => {
    const back = living('returns').filter(({ id }) => (timesOf(id).at(-1) ?? 0) > start + (YEAR - 60) * DAY);
    expect(back.length).toBeGreaterThan(living('returns').length / 2);
    for (const { id } of living('returns')) expect(longestSilence(id)).toBeGreaterThan(100);
  });

  it('lets some leave, and hears nothing of them afterwards', () => {
    for (const { id } of living('leaves')) expect(timesOf(id, 'member.left')).toEqual(timesOf(id).slice(-1));
  });

  it('never lets those who come to everything fall silent for long', () => {
    for (const { id } of living('keen')) expect(longestSilence(id)).toBeLessThan(60);
  });
});
