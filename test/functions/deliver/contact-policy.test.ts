import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../events/effect.ts';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { compileLetters } from '../../../shared/mailing/letters/compile-letters.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { day, document, event } from '../../support/given.ts';
import { activity, scorer } from '../../support/pipeline.ts';
import { letters, postman } from '../../support/postman.ts';

/** Day 0 is a Monday, at two in the afternoon in Helsinki. */
const published = (contactPolicy: unknown, parts: object = {}) => {
  const model = Model.parse({ ...letters.model, contactPolicy, ...parts });
  return { version: 1, model, compiled: compile(model) };
};
const news = async (contactPolicy: unknown, joined = 0, attributes: ActivityEvent['data'] = {}) => {
  const model = published(contactPolicy);
  const polku = scorer({ published: model });
  const data = { attributes: { firstName: 'Maija', ...attributes } };
  await polku.on(
    joined,
    activity(event('member.joined', joined, { email: 'maija@example.org', data })),
    activity(event('consent.given', joined, { id: 'consent', data: { purpose: 'membership' } })),
  );
  const held = new Map<string, Effect>();
  const man = postman(polku.store, {
    modelVersion: async () => model,
    heldEffect: async ({ effect }) => {
      const asked = held.get(effect);
      return asked?.kind === 'message' ? asked : undefined;
    },
  });
  const messages = polku.effects.filter(({ kind }) => kind === 'message');
  for (const one of messages) held.set(one.id, one);
  const again = messages.map(({ id, member }) => ({ kind: 'held' as const, id, member }));
  return { man, messages, again };
};

describe('the message of a stage, under a contact policy', () => {
  it('goes at once at a decent hour', async () => {
    const { man, messages } = await news({ decentHours: {} });
    await man.on(0.1, ...messages);
    expect(man.states()).toEqual(['sent']);
  });

  it('waits for the morning when it is evening, and goes then', async () => {
    const { man, messages, again } = await news({ decentHours: {} }, 0.4);
    expect(await man.on(0.4, ...messages)).toBe(0);
    expect([man.states(), man.details(), man.taken]).toEqual([['held'], ['quiet-hours'], []]);
    expect(man.counts).toEqual({ MailsHeld: 1 });
    expect(await man.batch(again.map((one) => JSON.stringify(one)))).toEqual(new Set());
    expect(man.states()).toEqual(['held']);
    await man.on(0.8, ...messages);
    expect(man.states()).toEqual(['sent']);
  });

  it.each([
    // Seven in the morning there; noon; no zone at all, so the organisation's.
    ['America/New_York', 'held'],
    ['Africa/Abidjan', 'sent'],
    ['Nowhere/At_All', 'sent'],
    [7, 'sent'],
  ])('goes by the clock of the member, where they have one: %s', async (timeZone, state) => {
    const { man, messages } = await news({ decentHours: { from: '09:00', until: '18:00' } }, 0, { timeZone });
    await man.on(0, ...messages);
    expect(man.states()).toEqual([state]);
    // Nine in the morning in New York.
    await man.on(2 / 24 - 1 / 86_400, ...messages);
    expect(man.states()).toEqual([state]);
    await man.on(2 / 24, ...messages);
    expect(man.states()).toEqual(['sent']);
  });

  it('goes on Monday though its news would be stale by then: its time begins at the first decent hour', async () => {
    const { man, messages } = await news({ decentHours: {} }, 4.4);
    await man.on(4.4, ...messages);
    await man.on(6.8, ...messages);
    expect(man.states()).toEqual(['sent']);
  });

  it('stands in nobody’s way any more once the member has moved on: the next one goes in its place', async () => {
    const [quiet, active, ...others] = document.journeys[1]?.stages ?? [];
    const stages = [{ ...quiet, message: 'hello' }, { ...active, message: 'well-done' }, ...others];
    const wellDone = { ...letters.model.messages[0], id: 'well-done' };
    const model = published(
      { decentHours: {}, gap: '1 day' },
      {
        journeys: [{ ...document.journeys[1], stages }],
        messages: [{ ...letters.model.messages[0], priority: 9 }, wellDone],
      },
    );
    const polku = scorer({ published: model });
    const joined = event('member.joined', 0.4, { email: 'maija@example.org' });
    const consent = event('consent.given', 0.4, { id: 'consent', data: { purpose: 'membership' } });
    await polku.on(0.4, activity(joined), activity(consent));
    const compiled = await compileLetters(model.model);
    const man = postman(polku.store, { modelVersion: async () => model, letters: async () => compiled });
    const asked = (id: string) =>
      polku.effects.filter((one) => one.kind === 'message' && one.message === id).slice(0, 1);
    const hello = asked('hello');
    await man.on(0.4, ...hello);
    const advice = event('benefit.used', 0.45, { data: { benefit: 'legal-advice' } });
    await polku.on(0.45, activity(advice));
    const praise = asked('well-done');
    await man.on(0.45, ...praise);
    expect(man.details()).toEqual(['quiet-hours', 'quiet-hours']);
    await man.on(0.8, ...praise, ...hello);
    expect(man.states()).toEqual(['skipped', 'sent']);
    expect(man.details()[0]).toBe('moved-on');
  });

  it('waits no more once it was refused its turn for good', async () => {
    const { man, messages, again } = await news({ decentHours: {} }, 0.4);
    await man.on(0.4, ...messages);
    expect(man.waiting('maija')).toEqual(messages.map(({ id }) => id));
    man.withdraw('membership');
    expect(await man.batch(again.map((one) => JSON.stringify(one)))).toEqual(new Set());
    expect([man.states(), man.details(), man.waiting('maija')]).toEqual([['skipped'], ['opted-out'], []]);
  });

  it('gives its place back when SES does not take it', async () => {
    const { man, messages } = await news({ caps: [{ messages: 1, per: '1 day' }] });
    man.outcomes.push({ kind: 'later', code: 'Throttling' });
    expect(await man.on(0.1, ...messages)).toBe(1);
    expect(await man.on(0.2, ...messages)).toBe(0);
    expect(man.states()).toEqual(['sent']);
  });
});

describe('a message that will not go after all', () => {
  const hello = letters.model.messages[0];
  const bothOnEntry = published(
    { gap: '1 hour' },
    {
      journeys: document.journeys.slice(1).map(({ stages: [quiet, ...others], ...journey }) => ({
        ...journey,
        stages: [
          { ...quiet, message: undefined, messages: ['appeal', 'hello'].map((message) => ({ message })) },
          ...others,
        ],
      })),
      messages: [{ ...hello, id: 'appeal', purpose: 'marketing', priority: 9 }, hello],
    },
  );
  const joined = async (parts: Parameters<typeof postman>[1] = {}) => {
    const polku = scorer({ published: bothOnEntry });
    await polku.on(
      0,
      activity(event('member.joined', 0, { email: 'maija@example.org' })),
      activity(event('consent.given', 0, { id: 'one', data: { purpose: 'membership' } })),
      activity(event('consent.given', 0, { id: 'two', data: { purpose: 'marketing' } })),
    );
    const compiled = await compileLetters(bothOnEntry.model);
    const man = postman(polku.store, {
      modelVersion: async () => bothOnEntry,
      letters: async () => compiled,
      ...parts,
    });
    return { man, messages: polku.effects.filter(({ kind }) => kind === 'message') };
  };
  const HOUR = 1 / 24;
  const stopped = { at: day(0), why: 'bounces' as const, sent: 1_000, bounced: 50, complained: 0 };

  it('stands in nobody’s way where its purpose is stopped', async () => {
    const { man, messages } = await joined({ marketing: async () => ({ stopped }) });
    await man.on(0, ...messages);
    await man.on(HOUR, ...messages);
    expect([man.states(), man.details()[0]]).toEqual([['skipped', 'sent'], 'marketing-stopped']);
  });

  it('stands in nobody’s way where SES refused it', async () => {
    const { man, messages } = await joined();
    man.outcomes.push({ kind: 'refused', code: 'MessageRejected' });
    await man.on(0, ...messages);
    await man.on(HOUR, ...messages);
    expect(man.states()).toEqual(['refused', 'sent']);
  });
});
