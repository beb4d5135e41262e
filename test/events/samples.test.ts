import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { activityOf, knownActivities } from '../../events/index.ts';

const folder = new URL('../../events/samples/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const sampleOf = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const read = (name: string) => {
  const sample = z.looseObject({ type: z.unknown() }).parse(sampleOf(name));
  return activityOf(sample.type).safeParse(sample);
};

describe('the samples of events', () => {
  it.each(names.filter((name) => !name.includes('.invalid.')))('%s is valid and is kept as it is', (name) => {
    expect(read(name)).toEqual({ success: true, data: sampleOf(name) });
  });

  it.each(names.filter((name) => name.includes('.invalid.')))('%s is refused', (name) => {
    expect(read(name).success).toBe(false);
  });

  it.each(knownActivities.map(({ shape }) => shape.type.value))('%s has a valid sample and a broken one', (type) => {
    const file = type.replace('.', '-');
    expect(names).toContain(`${file}.json`);
    expect(names.some((name) => name.startsWith(`${file}.`) && name.endsWith('.invalid.json'))).toBe(true);
  });

  it.each(knownActivities.map(({ shape }) => shape.type.value))('%s stands in the table of the README', (type) => {
    const readme = readFileSync(new URL('../README.md', folder), 'utf8');
    expect(readme).toContain(`| \`${type}\` |`);
    expect(readme).toContain(`(samples/${type.replace('.', '-')}.json)`);
  });
});

describe('the address of a member', () => {
  it('is taken as sent, without the blanks around it', () => {
    const sample = z.looseObject({}).parse(sampleOf('lead-created.json'));
    const read = activityOf('lead.created').parse({ ...sample, member: { id: 'l-1', email: ' Aino@Example.org ' } });
    expect(read.member.email).toBe('Aino@Example.org');
  });
});
