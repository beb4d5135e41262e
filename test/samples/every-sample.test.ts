import { describe, expect, it } from 'vitest';
import { knownActivities } from '../../events/index.ts';
import { templateFaults } from '../../shared/mailing/letters/letter-faults.ts';
import { readText } from '../support/guide.ts';
import { modelOf, sampleNames, staffOf } from '../support/sample.ts';

const languages = ['en', 'fi', 'nb', 'sv'];
const languagesOf = (text: unknown): string[] => Object.keys(text ?? {}).sort();

const known = new Set<string>(knownActivities.map(({ shape }) => shape.type.value));
const lines = readText('samples/README.md').split('\n');

type Bounds = Record<string, number>;

/** The lowest `gte` and the highest `lt` that a condition asks of each score, for example `engagement gte`. */
const bounds = (condition: unknown): Bounds => {
  if (condition === null || typeof condition !== 'object') return {};
  if ('score' in condition) {
    return Object.fromEntries(
      Object.entries(condition).flatMap(([operator, bound]) =>
        typeof bound === 'number' ? [[`${condition.score} ${operator}`, bound]] : [],
      ),
    );
  }
  return Object.assign({}, ...Object.values(condition).flat().map(bounds));
};

describe.each(sampleNames)('the sample %s', (name) => {
  const model = modelOf(name);
  const staff = staffOf(name);
  const stages = model.journeys.flatMap((journey) => journey.stages);

  it.each(model.messages)('says $id in every language, with nothing that could not be sent', (message) => {
    expect(languagesOf(message.title)).toEqual(languages);
    expect(languagesOf(message.templates)).toEqual(languages);
    for (const template of Object.values(message.templates)) {
      expect(templateFaults(template, 'message', model.letterhead)).toEqual([]);
      expect(template.preheader).toBeDefined();
    }
  });

  it.each(model.messages)('says $id to somebody whose name is not known as well', ({ templates }) => {
    const named = /\{\{#firstName\}\}.*?\{\{\/firstName\}\}/g;
    for (const part of Object.values(templates).flatMap(({ subject, preheader = '', body }) => [
      subject,
      preheader,
      body,
    ])) {
      expect(part.replaceAll(named, '')).not.toContain('firstName');
    }
  });

  it('is introduced, and each of its parts is, by a comment', () => {
    const written = readText(`samples/${name}/model.yaml`).split('\n');
    const parts = written.flatMap((line, at) => (/^\w+:/.test(line) && !line.startsWith('title:') ? [at] : []));
    expect(written[1]).toMatch(/^# The scoring model of a made-up /);
    expect(parts.length).toBeGreaterThan(4);
    for (const at of parts) {
      const above = written.slice(0, at).findLast((line) => line.trim() !== '');
      expect(above, written[at]).toMatch(/^# /);
    }
  });

  it('names everything in every language', () => {
    const named = [...model.scores, ...model.rules, ...model.journeys, ...stages];
    const bands = model.scores.flatMap((score) => score.bands ?? []);
    for (const { id, title } of [...named, ...bands]) expect(languagesOf(title), id).toEqual(languages);
    expect(languagesOf(model.title)).toEqual(languages);
  });

  it('sends every message that it holds from some stage', () => {
    const sent = stages.flatMap(({ message }) => message ?? []);
    expect(sent.sort()).toEqual(model.messages.map(({ id }) => id).sort());
  });

  it('says what to do next wherever somebody is to act', () => {
    const toAct = stages.filter(({ alert, atRisk }) => alert || atRisk);
    expect(toAct.some(({ atRisk }) => atRisk)).toBe(true);
    for (const { id, nextStep } of toAct) expect(languagesOf(nextStep), id).toEqual(languages);
  });

  it('lets people stay more easily than it lets them in', () => {
    for (const { id, enter, stay } of stages) {
      const door = bounds(enter);
      for (const [asked, bound] of Object.entries(bounds(stay))) {
        const within = door[asked];
        if (within === undefined) continue;
        if (asked.endsWith('gte')) expect(bound, `${id}: ${asked}`).toBeLessThan(within);
        if (asked.endsWith('lt')) expect(bound, `${id}: ${asked}`).toBeGreaterThan(within);
      }
    }
  });

  it('stands in the table of samples, with the events that only its own systems send', () => {
    expect(lines.some((line) => line.includes(`](${name}/model.yaml)`))).toBe(true);
    const own = new Set(model.rules.map(({ on }) => on).filter((type) => !known.has(type)));
    const listed = lines.find((line) => line.trim().startsWith(`| \`${name}\` |`)) ?? '';
    expect([...listed.matchAll(/`([a-z]+\.[a-z]+)`/g)].map(([, type]) => type).sort()).toEqual([...own].sort());
  });

  it('has an owner for each language, all with made-up addresses', () => {
    expect(staff.owners.map(({ language }) => language).sort()).toEqual(languages);
    for (const { email } of staff.owners) expect(email).toMatch(/@example\.org$/);
  });
});
