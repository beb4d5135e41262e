import { describe, expect, it } from 'vitest';
import { jsonPointer } from '../../shared/api/problem.ts';
import { publishable } from '../../shared/mailing/publishable.ts';
import { blurredVariants } from '../../shared/model/lint/blurred-variants.ts';
import { document } from '../support/given.ts';
import { found } from './found.ts';

const hello = { subject: 'Hello', body: '<mj-text>Hello</mj-text>' };
const success = { outcome: 'renewed' };
const withExperiment = (experiment: object, message: object = {}, parts: object = {}) => ({
  ...document,
  ...parts,
  messages: [
    { id: 'hello', title: 'Hello', purpose: 'membership', templates: { en: hello, fi: hello }, ...message, experiment },
  ],
});
const faults = (input: object): string[] => {
  const read = publishable(input);
  return 'faults' in read ? read.faults.map(({ path, message }) => `${jsonPointer(path)} ${message}`) : [];
};

describe('an experiment with a message', () => {
  it('may have a hold-out, variants, or both', () => {
    expect(faults(withExperiment({ holdOut: 10, success }))).toEqual([]);
    const variants = [
      { id: 'short', share: 50, subject: { en: 'Hi', fi: 'Moi' } },
      { id: 'long', share: 40, templates: { en: hello, fi: hello } },
    ];
    expect(faults(withExperiment({ holdOut: 10, variants, success }))).toEqual([]);
    expect(faults(withExperiment({ variants, success: { journey: 'member', in: ['active'] } }))).toEqual([]);
  });

  const short = { id: 'short', share: 60, subject: { en: 'Hi' } };
  it.each([
    ['nothing to compare', { success }, 'needs `holdOut` or `variants`'],
    ['no word of what it is for', { holdOut: 10 }, '/messages/0/experiment/success'],
    ['shares of more than everybody', { holdOut: 50, variants: [short], success }, 'the shares come to 110 %'],
    [
      'a variant that is as the letter is',
      { variants: [{ id: 'a', share: 10 }], success },
      'needs either `subject` or',
    ],
    ['two variants of one id', { variants: [short, { ...short, share: 10 }], success }, 'another variant has the id'],
    ['a variant named as the letter', { variants: [{ ...short, id: 'letter' }], success }, 'has a meaning already'],
    ['an outcome that there is not', { holdOut: 10, success: { outcome: 'reneued' } }, 'there are: renewed, left'],
    [
      'a journey that there is not',
      { holdOut: 10, success: { journey: 'x', in: ['active'] } },
      'there is no journey "x"',
    ],
    ['a stage that there is not', { holdOut: 10, success: { journey: 'member', in: ['x'] } }, 'has no stage "x"'],
    [
      'two things that it is for',
      { holdOut: 10, success: { ...success, journey: 'member', in: ['active'] } },
      'either `outcome`',
    ],
    ['a time that nobody looks at', { holdOut: 10, success: { ...success, within: '45 days' } }, '/success/within'],
    [
      'a subject in a language that it has not',
      { variants: [{ ...short, subject: { sv: 'Hej' } }], success },
      'no letter in this language',
    ],
    [
      'a subject with a field that there is not',
      { variants: [{ ...short, subject: { en: 'Hi {{nickname}}' } }], success },
      'there is no field "nickname"',
    ],
    [
      'a letter that may not be sent',
      { variants: [{ id: 'a', share: 5, templates: { en: { subject: 'Hi', body: '<script>' } } }], success },
      '/messages/0/experiment/variants/0/templates/en/body',
    ],
  ])('with %s is refused', (_, experiment, words) =>
    expect(faults(withExperiment(experiment)).join('\n')).toContain(words),
  );

  it('may use an outcome of one’s own', () => {
    const outcomes = [{ id: 'called', title: 'Called', on: 'member.called', wanted: 'fewer' }];
    expect(faults(withExperiment({ holdOut: 10, success: { outcome: 'called' } }, {}, { outcomes }))).toEqual([]);
  });

  it('withholds no service mail', () => {
    expect(faults(withExperiment({ holdOut: 10, success }, { purpose: 'service' }))).toEqual([
      '/messages/0/experiment/holdOut service mail is withheld from nobody: leave it out',
    ]);
    const everybody = { ...document, holdOut: { share: 5, purposes: ['service'], success } };
    expect(faults(everybody).join()).toContain('membership, marketing or fundraising');
  });

  it('is told which languages a variant lacks', () => {
    const variants = [
      { id: 'short', share: 10, subject: { en: 'Hi' } },
      { id: 'long', share: 10, templates: { fi: hello } },
      { id: 'whole', share: 10, templates: { en: hello, fi: hello } },
    ];
    const { messages } = withExperiment({ variants, success });
    expect(found(blurredVariants, { messages })).toEqual([
      '/messages/0/experiment/variants/0/subject warning',
      '/messages/0/experiment/variants/1/templates warning',
    ]);
  });
});
