import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { type DiaryEntry, diary } from '../../shared/simulate/diary.ts';
import { madeUpEvents, noonOf } from '../../shared/simulate/made-up-events.ts';
import { MemberFile } from '../../shared/simulate/member-file.ts';
import { side } from '../preview/members.ts';
import { modelOf, sampleNames } from '../support/sample.ts';

const days = { start: '2026-01-05', days: 120, zone: 'Europe/Oslo' };
const kim = {
  consents: ['membership'],
  attributes: { language: 'en' },
  events: [
    { type: 'member.joined', at: 'day 0' },
    { type: 'benefit.used', at: '2026-01-15', data: { benefit: 'legal-advice' } },
    { type: 'site.visited', every: '14 days', from: 'day 3', until: 'day 40' },
  ],
};

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const lived = async (member: object, model = side()) => {
  const letters = await compileLetters(model.model);
  const events = madeUpEvents(MemberFile.parse(member), days);
  return diary(model, events, days, { organisation: 'A club', language: 'en', letters });
};
const of = <Kind extends DiaryEntry['kind']>(entries: readonly DiaryEntry[], kind: Kind) =>
  entries.filter((entry): entry is Extract<DiaryEntry, { kind: Kind }> => entry.kind === kind);

describe('a made-up member', () => {
  it('does what the file says, on the day that it says, at noon where they live', () => {
    const events = madeUpEvents(MemberFile.parse(kim), days);
    expect(events.map(({ type, time }) => `${new Date(time).toISOString()} ${type}`)).toEqual([
      '2026-01-04T23:00:00.000Z member.updated',
      '2026-01-04T23:00:00.000Z consent.given',
      '2026-01-05T11:00:00.000Z member.joined',
      '2026-01-08T11:00:00.000Z site.visited',
      '2026-01-15T11:00:00.000Z benefit.used',
      '2026-01-22T11:00:00.000Z site.visited',
      '2026-02-05T11:00:00.000Z site.visited',
    ]);
  });

  it('may have a past, and does nothing after the last day', () => {
    const events = madeUpEvents(
      MemberFile.parse({
        events: [
          { type: 'member.joined', at: 'day -30' },
          { type: 'site.visited', every: '50 days' },
        ],
      }),
      days,
    );
    expect(events.map(({ time }) => dateOf(time))).toEqual(['2025-12-06', '2026-01-05', '2026-02-24', '2026-04-15']);
  });

  it('moves from stage to stage at the instant, with a message where there is one', async () => {
    const entries = await lived(kim);
    expect(of(entries, 'stage').map(({ at, from, to }) => `${dateOf(at)} ${from} → ${to}`)).toEqual([
      '2026-01-05 null → quiet',
      '2026-01-15 quiet → active',
      '2026-03-23 active → quiet',
      '2026-04-06 quiet → at-risk',
    ]);
    expect(of(entries, 'message').map(({ at, message, subject }) => [dateOf(at), message, subject])).toEqual([
      ['2026-01-05', 'hello', 'Hello'],
      ['2026-03-23', 'hello', 'Hello'],
    ]);
    expect(of(entries, 'alert').map(({ at, stage }) => [dateOf(at), stage])).toEqual([['2026-04-06', 'at-risk']]);
  });

  it('gets no message that they have not agreed to', async () => {
    const entries = await lived({ ...kim, consents: [] });
    expect(of(entries, 'message')).toEqual([]);
    expect(of(entries, 'withheld').map(({ why }) => why)).toEqual(['no-consent', 'no-consent']);
  });

  it('has each score told of when it has changed by something, as it is then', async () => {
    const model = side();
    const scores = of(await lived(kim, model), 'score');
    const events = madeUpEvents(MemberFile.parse(kim), days);
    for (const { at, score, after } of scores) {
      const standing = fold(
        model.compiled,
        events.filter(({ time }) => time <= at),
      );
      expect(scoreAt(model.compiled, standing, score, at)).toBeCloseTo(after, 9);
    }
    for (const [i, { before, after }] of scores.entries()) {
      expect(before).toBe(scores[i - 1]?.after ?? 0);
      expect(Math.abs(after - before)).toBeGreaterThanOrEqual(Math.min(1, Math.abs(before) / 10));
    }
    expect(scores.length).toBeGreaterThan(8);
    expect(scores.length).toBeLessThan(40);
    expect(scores.at(-1)?.at).toBeLessThanOrEqual(noonOf(days, days.days));
  });

  it('is told of day by day, in order', async () => {
    const instants = (await lived(kim)).map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });
});

describe('a file that cannot be understood', () => {
  it.each([
    [{ events: [{ type: 'member.joined', at: 'soon' }] }, 'events.0'],
    [{ events: [{ type: 'member.joined' }] }, 'events.0'],
    [{ events: [{ type: 'Joined', at: 'day 1' }] }, 'events.0'],
    [{ events: [{ type: 'site.visited', every: 'week' }] }, 'events.0'],
    [{ events: [{ type: 'consent.given', at: 'day 1', data: { purpose: 'spam' } }] }, 'events.0.data.purpose'],
    [{ events: [], consents: ['spam'] }, 'consents.0'],
    [{ events: [], attributes: { language: 'Norwegian!' } }, 'attributes.language'],
    [{ events: [], starts: '2026-01-01' }, ''],
  ])('is refused by its place: %j', (file, place) => {
    const read = MemberFile.safeParse(file);
    expect(read.error?.issues.map(({ path }) => path.join('.')).join(' ')).toMatch(new RegExp(`^${place}`));
  });
});

describe('the sample members', () => {
  const folder = (sample: string) => new URL(`../../samples/${sample}/members/`, import.meta.url);
  const files = sampleNames.flatMap((sample) => {
    try {
      return readdirSync(folder(sample)).map((file) => [sample, file] as const);
    } catch {
      return [];
    }
  });

  it.each(files)('get messages in their organisation: %s, %s', async (sample, file) => {
    const member = MemberFile.parse(parse(readFileSync(new URL(file, folder(sample)), 'utf8')));
    const model = modelOf(sample);
    const letters = await compileLetters(model);
    const span = { start: member.start ?? '2026-01-01', days: 400, zone: model.timeZone };
    const entries = diary({ model, compiled: compile(model) }, madeUpEvents(member, span), span, {
      organisation: 'Us',
      language: 'en',
      letters,
    });
    expect(of(entries, 'message').length).toBeGreaterThan(1);
    expect(of(entries, 'stage').length).toBeGreaterThan(3);
  });
});
