import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/kernel/json.ts';
import { compileLetters } from '../../../shared/mailing/letters/compile-letters.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { event } from '../../support/given.ts';
import { activity, scorer } from '../../support/pipeline.ts';
import { letters, postman } from '../../support/postman.ts';

const success = { outcome: 'renewed' };

/** A member who is written to under an experiment, with what is drawn for them: a place between 0 and 1. */
const written = async (parts: object, experiment: object | undefined, place: number, consents = true) => {
  const messages = letters.model.messages.map((one) => ({ ...one, ...(experiment ? { experiment } : {}) }));
  const model = Model.parse({ ...letters.model, messages, ...parts });
  const published = { version: 1, model, compiled: compile(model) };
  const compiled = await compileLetters(model);
  const polku = scorer({ published });
  await polku.on(0, activity(event('member.joined', 0, { email: 'maija@example.org' })));
  if (consents) await polku.on(0, activity(event('consent.given', 0, { id: 'c', data: { purpose: 'membership' } })));
  const man = postman(polku.store, {
    modelVersion: async () => published,
    letters: async () => compiled,
    draw: async () =>
      Math.floor(place * 16 ** 13)
        .toString(16)
        .padStart(13, '0')
        .padEnd(64, '0'),
  });
  return { man, polku, effects: polku.effects.splice(0) };
};
const half = { holdOut: 50, success };

describe('a message that is measured', () => {
  it('goes to those for whom it is drawn', async () => {
    const { man, effects } = await written({}, half, 0.5);
    await man.on(0, ...effects);
    expect([man.states(), man.taken.length]).toEqual([['sent'], 1]);
  });

  it('does not go to whoever is held out, and says so', async () => {
    const { man, effects } = await written({}, half, 0.4999);
    expect(await man.on(0, ...effects)).toBe(0);
    expect([man.states(), man.details(), man.taken]).toEqual([['skipped'], ['held-out'], []]);
  });

  it('gives the same when the effect comes again', async () => {
    const { man, effects } = await written({}, half, 0.2);
    await man.on(0, ...effects, ...effects);
    await man.on(1, ...effects);
    expect([man.states(), man.taken]).toEqual([['skipped'], []]);
  });

  it('counts nobody as held out who would not have got it anyhow', async () => {
    const { man, effects } = await written({}, half, 0.2, false);
    await man.on(0, ...effects);
    expect(man.details()).toEqual(['no-consent']);
  });

  it('goes in the words that are drawn', async () => {
    const variants = [
      { id: 'short', share: 50, subject: { en: 'Hi', fi: 'Moi' } },
      { id: 'long', share: 30, templates: { en: { subject: 'Long', body: '<mj-text>A long story</mj-text>' } } },
    ];
    const subjects = await Promise.all(
      [0.1, 0.6, 0.9].map(async (place) => {
        const { man, effects } = await written({}, { variants, success }, place);
        await man.on(0, ...effects);
        return man.taken.map(({ subject }) => subject);
      }),
    );
    expect(subjects).toEqual([['Hi'], ['Long'], ['Hello']]);
  });

  it('is withheld from whoever gets nothing of its purpose', async () => {
    const holdOut = { share: 10, purposes: ['membership'], success };
    const { man, effects } = await written({ holdOut }, undefined, 0.05);
    await man.on(0, ...effects);
    expect(man.details()).toEqual(['held-out']);
    const other = await written({ holdOut: { ...holdOut, purposes: ['marketing'] } }, undefined, 0.05);
    await other.man.on(0, ...other.effects);
    expect(other.man.states()).toEqual(['sent']);
  });
});

describe('what is drawn when records are merged, or numbered anew', () => {
  const messages = letters.model.messages.map((one) => ({ ...one, experiment: half }));
  const model = Model.parse({ ...letters.model, messages });
  const published = { version: 1, model, compiled: compile(model) };

  /** What somebody is drawn by, and what comes of it, who joins under an id with what a source says of them. */
  const drawnFor = async (member: string, attributes: Record<string, Json> = {}) => {
    const polku = scorer({ published });
    const data = { attributes };
    await polku.on(0, activity(event('member.joined', 0, { member, email: `${member}@example.org`, data })));
    const consent = { id: 'c', member, data: { purpose: 'membership' } };
    await polku.on(0, activity(event('consent.given', 0, consent)));
    const persons: string[] = [];
    const man = postman(polku.store, {
      modelVersion: async () => published,
      draw: async (trial, person) => {
        persons.push(person);
        return createHash('sha256').update(`${trial} ${person}`).digest('hex');
      },
    });
    await man.on(0, ...polku.effects);
    return { persons: [...new Set(persons)], states: man.states() };
  };

  it('stays what it was under the id that the person had first', async () => {
    const outcomes = new Set<string>();
    for (let i = 0; i < 40; i++) {
      const before = await drawnFor(`old-${i}`);
      const merged = await drawnFor(`new-${i}`, { firstId: `old-${i}` });
      expect(merged).toEqual({ persons: [`old-${i}`], states: before.states });
      outcomes.add(before.states.join());
    }
    expect([...outcomes].sort()).toEqual(['sent', 'skipped']);
  });

  it('stays what it was for whoever keeps their id', async () => {
    expect((await drawnFor('maija', { firstId: null })).persons).toEqual(['maija']);
  });

  it.each([
    ['a number', 7],
    ['nothing', ''],
    ['longer than an id', 'x'.repeat(200)],
    ['a list', ['a']],
  ])('is by the id that they have where what a source called so is %s', async (_, firstId) => {
    expect((await drawnFor('maija', { firstId })).persons).toEqual(['maija']);
  });
});

describe('a message that was withheld', () => {
  const again = { id: 'message-2', decidedAt: event('', 1).time };

  it('fills no place under a cap', async () => {
    const contactPolicy = { caps: [{ messages: 1, per: '30 days' }] };
    const held = await written({ contactPolicy }, half, 0.2);
    const [message] = held.effects.filter(({ kind }) => kind === 'message');
    if (message?.kind !== 'message') throw new Error('There is no message');
    await held.man.on(0, message);
    await held.man.on(1, { ...message, ...again });
    expect(held.man.details()).toEqual(['held-out', 'held-out']);
    const sent = await written({ contactPolicy }, half, 0.9);
    await sent.man.on(0, message);
    await sent.man.on(1, { ...message, ...again });
    expect(sent.man.details()).toEqual(['m-0', 'stale-capped']);
  });

  it('counts as received where it goes but once', async () => {
    const journeys = letters.model.journeys.map((journey) => ({
      ...journey,
      stages: journey.stages.map(({ message, ...stage }) => ({
        ...stage,
        ...(message === undefined ? {} : { messages: [{ message, again: 'never' }] }),
      })),
    }));
    const { man, effects } = await written({ journeys }, half, 0.2);
    const [message] = effects.filter(({ kind }) => kind === 'message');
    if (message?.kind !== 'message') throw new Error('There is no message');
    await man.on(0, message);
    await man.on(1, { ...message, ...again });
    expect(man.details()).toEqual(['held-out', 'sent-before']);
  });
});
