import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fieldsOf } from '../../shared/mailing/fields.ts';
import { CLASSES, CONTENT, mayHold } from '../../shared/mailing/letters/allowed.ts';
import { verdictInWords } from '../../shared/mailing/measuring/verdict-words.ts';
import { publishable } from '../../shared/mailing/publishable.ts';
import { ContactPolicy } from '../../shared/scoring/contact-policy.ts';
import { PlannedMessage } from '../../shared/scoring/planned-message.ts';
import { document } from '../support/given.ts';
import { codeBlocks, readText } from '../support/guide.ts';

const guide = readText('docs/messages.md');
const blocks = codeBlocks(guide);
const contents = (info: string) => blocks.filter((block) => block.info === info).map(({ content }) => parse(content));

describe('the guide to messages', () => {
  const letterhead = Object.assign({}, ...contents('yaml letterhead'));

  it('shows letters and a letterhead that Polku would take', () => {
    expect(contents('yaml letterhead').length).toBeGreaterThan(1);
    for (const messages of contents('yaml messages')) {
      const stages = document.journeys.map((journey) => ({
        ...journey,
        stages: journey.stages.map(({ id, title, ...rest }) => ({ ...rest, id, title, message: undefined })),
      }));
      expect(publishable({ ...document, journeys: stages, messages, letterhead })).not.toHaveProperty('faults');
    }
  });

  it('shows plans and a contact policy that Polku would take', () => {
    const [{ stages }] = contents('yaml stages');
    const [{ contactPolicy }] = contents('yaml policy');
    for (const { messages } of stages)
      for (const plan of messages) expect(PlannedMessage.parse(plan)).toMatchObject(plan);
    expect(ContactPolicy.parse(contactPolicy)).toMatchObject(contactPolicy);
  });

  it('shows an experiment, outcomes and a hold-out that Polku would take', () => {
    const [messages] = contents('yaml experiment');
    const [parts] = contents('yaml outcomes');
    const stages = document.journeys.map((journey) => ({
      ...journey,
      stages: journey.stages.map((stage) => ({ ...stage, message: undefined })),
    }));
    const read = publishable({ ...document, ...parts, journeys: stages, messages });
    expect(read).toMatchObject({ model: { messages, ...parts } });
  });

  it('names every verdict as the report says it', () => {
    const said = [
      { kind: 'helped' },
      { kind: 'no-difference' },
      { kind: 'cannot-tell', months: 5 },
      { kind: 'too-few' },
    ] as const;
    for (const verdict of said) expect(guide).toContain(verdictInWords(verdict, 'en'));
  });

  it.each(['message', 'alert', 'digest'] as const)('names every field of a %s', (kind) => {
    for (const field of Object.keys(fieldsOf(kind, undefined))) expect(guide).toContain(`\`${field}\``);
  });

  it('names every element and class', () => {
    const elements = [...Object.keys(mayHold).filter((name) => name !== ''), ...CONTENT, ...CLASSES];
    for (const name of elements) expect(guide).toContain(`\`${name}\``);
  });
});
