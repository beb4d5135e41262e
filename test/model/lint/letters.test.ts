import { describe, expect, it } from 'vitest';
import { compileLetters } from '../../../shared/mailing/letters/compile-letters.ts';
import { contrastOf } from '../../../shared/mailing/letters/contrast.ts';
import { oversized } from '../../../shared/mailing/letters/oversized.ts';
import { checkModel } from '../../../shared/model/check.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { document } from '../../support/given.ts';
import { modelOf, sampleNames } from '../../support/sample.ts';

const sound = { subject: 'Hello', preheader: 'From us', body: '<mj-text>Hello</mj-text>' };
const withLetter = (template: object, letterhead?: object, purpose = 'membership') => ({
  ...document,
  messages: [{ id: 'hello', title: 'Hello', purpose, templates: { en: { ...sound, ...template } } }],
  ...(letterhead ? { letterhead } : {}),
});
const said = (model: object): string[] =>
  checkModel(model)
    .filter(({ lint }) => lint !== undefined && /preheaders|subjects|letters|ways/.test(lint))
    .map(({ path, message }) => `${path.join('/')} ${message}`);

describe('a letter', () => {
  it('that is sound has nothing to it', () => expect(said(withLetter({}))).toEqual([]));

  it('without a preheader, or with the subject for one, is found', () => {
    expect(said(withLetter({ preheader: undefined }))).toEqual([expect.stringContaining('has no preheader')]);
    expect(said(withLetter({ preheader: 'Hello' }))).toEqual([expect.stringContaining('the same as the subject')]);
    expect(said(withLetter({ preheader: 'x'.repeat(101) }))).toEqual([expect.stringContaining('cuts it off')]);
  });

  it.each([
    ['WIN A NEW PHONE TODAY', 'capitals'],
    ['Hello!!', 'several exclamation'],
    ['Really?!', 'several exclamation'],
    ['Only 99 kr, or €10', 'money'],
    ['Re: your membership', 'looks like an answer'],
    ['Gratis kurs for deg', 'a word that spam has'],
    ['🎉🎉 Hooray', 'several pictures'],
    [`Hello ${'x'.repeat(70)}`, 'is longer than'],
  ])('with the subject %j is found', (subject, why) =>
    expect(said(withLetter({ subject }))).toEqual([expect.stringContaining(why)]),
  );

  it.each(['Velkommen{{#firstName}}, {{firstName}}{{/firstName}}!', 'Hvordan går det?', 'ITF i Bergen', 'Takk 🎉'])(
    'may have the subject %j',
    (subject) => expect(said(withLetter({ subject }))).toEqual([]),
  );

  it.each([
    ['{{firstName}}', 'is empty for those'],
    ['{{#renewsOn}}Until {{renewsOn}}{{/renewsOn}}', 'is empty for those'],
    ['{{firstName}}, shall we talk?', 'begins with “,”'],
    [' {{firstName}}! Welcome', 'begins with “!”'],
  ])('with the subject %j is found: not everybody has told their name', (subject, why) =>
    expect(said(withLetter({ subject }, { fields: { renewsOn: { attribute: 'renewsOn', as: 'date' } } }))).toEqual([
      expect.stringContaining(why),
    ]),
  );

  it.each([
    '{{#firstName}}{{firstName}}, shall{{/firstName}}{{^firstName}}Shall{{/firstName}} we talk?',
    '{{organisation}}: news',
    '“Hello”, said {{ownerName}}',
    '{{memberId}}, your receipt',
  ])('may have the subject %j', (subject) => expect(said(withLetter({ subject }))).toEqual([]));

  it('is looked at in the words of its variants too', () => {
    const experiment = {
      variants: [{ id: 'loud', share: 50, subject: { en: 'WIN A NEW PHONE TODAY' } }],
      success: { outcome: 'renewed' },
    };
    const model = withLetter({});
    expect(said({ ...model, messages: model.messages.map((one) => ({ ...one, experiment })) })).toEqual([
      'messages/0/experiment/variants/0/subject/en is in capitals',
    ]);
  });

  it('whose colours are too alike is found, by day and in the dark', () => {
    const inColours = (body: string) => said(withLetter({ body }));
    expect(inColours('<mj-text color="#cccccc">x</mj-text>')).toEqual([
      'messages/0/templates/en/body #cccccc on #ffffff is hard to read: a contrast of 1.6, and 4.5 is the least',
    ]);
    expect(inColours('<mj-text><p style="color:#1b2421">x</p></mj-text>')).toEqual([
      expect.stringMatching(/#1b2421 on #1a211e is hard to read in the dark: a contrast of 1\.0/),
    ]);
    expect(
      inColours('<mj-section background-color="#ffffcc"><mj-column><mj-text>x</mj-text></mj-column></mj-section>'),
    ).toEqual([expect.stringContaining('#e6ece9 on #ffffcc is hard to read in the dark')]);
    expect(inColours('<mj-text css-class="muted">x</mj-text><mj-button href="https://x.fi">y</mj-button>')).toEqual([]);
    expect(inColours('<mj-text css-class="box"><p>x <a href="https://x.fi">y</a></p></mj-text>')).toEqual([]);
  });

  it('in colours of the house that cannot be read is found', () => {
    expect(said(withLetter({}, { brand: '#ffdd00' }))).toHaveLength(2);
    expect(said(withLetter({}, { brandDark: '#203040' }))).toHaveLength(2);
  });

  it('with a picture that says nothing is found; in the header too', () => {
    const picture = '<mj-image src="https://example.org/x.png"/>';
    expect(said(withLetter({ body: picture }))).toEqual([expect.stringContaining('without alternative text')]);
    expect(said(withLetter({}, { header: { nb: picture } }))).toEqual([
      expect.stringMatching(/^letterhead\/header\/nb has a picture without/),
    ]);
    expect(said(withLetter({ body: '<mj-image src="https://example.org/x.png" alt=""/>' }))).toEqual([]);
  });

  it('that people may unsubscribe from leads out, in itself or in its footer', () => {
    const footer = '<mj-text>{{organisation}}</mj-text>';
    const out = '<mj-text><a href="{{unsubscribeUrl}}">No more</a></mj-text>';
    expect(said(withLetter({}, { footer }, 'marketing'))).toEqual([expect.stringContaining('is for marketing')]);
    expect(said(withLetter({}, { footer }, 'service'))).toEqual([]);
    expect(said(withLetter({}, { footer: out }, 'marketing'))).toEqual([]);
    expect(said(withLetter({ body: out }, { footer }, 'marketing'))).toEqual([]);
  });

  it('that mail programs would cut off is found', async () => {
    const body = `<mj-text>${'<p>word word word</p>'.repeat(2300)}</mj-text>`;
    const model = Model.parse(withLetter({ body }));
    expect(oversized(await compileLetters(model), ['hello'])).toEqual([
      { path: ['messages', '0', 'templates', 'en'], bytes: expect.any(Number) },
    ]);
  });
});

describe('the contrast of two colours', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.478],
    ['black', '#fff', 21],
    ['#14513f', '#14513f', 1],
  ])('%s on %s is %d', (ink, ground, ratio) => expect(contrastOf(ink, ground)).toBeCloseTo(ratio, 3));
  it('of a colour that is not known is not', () => expect(contrastOf('tomato', '#fff')).toBeUndefined());
});

describe.each(sampleNames)('the letters of the sample %s', (name) => {
  const model = modelOf(name);
  it('look right', () => expect(said(model)).toEqual([]));
  it('are short', async () =>
    expect(
      oversized(
        await compileLetters(model),
        model.messages.map(({ id }) => id),
      ),
    ).toEqual([]));
});
