import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OPTIONAL, PAGE_LANGUAGES, pageWords, WORDING } from '../../../functions/preferences/page/words.ts';
import { badTexts } from '../../support/bad-texts.ts';
import { skeleton } from '../../support/dom.ts';
import { day, event } from '../../support/given.ts';
import { desk, PREFERENCES, tokenFor } from './desk.ts';

const maija = [
  event('member.joined', 0, { email: 'maija@example.org', data: { attributes: { language: 'en' } } }),
  event('consent.given', 0, { data: { purpose: 'membership' } }),
];
const token = tokenFor('membership');
const looking = { path: PREFERENCES, params: { token } };
const saving = (fields: Record<string, string>) => ({
  ...looking,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});
const all = { shown: 'membership marketing pause', language: 'en' };

describe('the page of preferences', () => {
  it('shows what the person gets, and nothing else that is known of them', async () => {
    const { status, text } = await desk(maija).ask(looking);
    expect(status).toBe(200);
    expect(text).toMatch(/value="membership"[^>]* checked/);
    expect(text).not.toMatch(/value="marketing"[^>]* checked/);
    expect(text).not.toContain('maija');
  });

  it('offers what the organisation writes about, and what the person once agreed to', async () => {
    expect((await desk(maija).ask(looking)).text).not.toContain('fundraising');
    const gives = [...maija, event('consent.given', 1, { data: { purpose: 'fundraising' } })];
    expect((await desk(gives).ask(looking)).text).toContain('value="fundraising"');
  });

  it('saves what was ticked, and tells the ledger of what has changed', async () => {
    const { ask, news, chosen } = desk(maija);
    const { status, text } = await ask(saving({ ...all, yes: 'marketing', pause: 'on', language: 'sv' }));
    expect(status).toBe(200);
    expect(text).toContain('role="status">Sparat');
    expect(news().sort()).toEqual(['consent.given marketing', 'consent.withdrawn membership', 'preferences.changed']);
    expect(chosen.get('maija')?.consents.marketing).toMatchObject({ given: true, wording: WORDING });
  });

  it('that is saved as it was changes nothing', async () => {
    const { ask, world, news } = desk([...maija, event('preferences.changed', 1, { data: { language: 'en' } })]);
    expect((await ask(saving({ ...all, yes: 'membership' }))).text).toContain('Saved');
    expect([world.writes, news().length]).toEqual([0, 0]);
  });

  it('posted twice is the same as once', async () => {
    const { ask, world, score, news } = desk(maija);
    const form = saving({ ...all, yes: 'marketing', pause: 'on' });
    const first = await ask(form);
    score();
    world.now += 60_000;
    expect((await ask(form)).text).toBe(first.text);
    expect([world.writes, news().length]).toEqual([1, 0]);
  });

  it('lets go of everything with one button, whatever is ticked', async () => {
    const { ask, chosen } = desk(maija);
    await ask(saving({ ...all, yes: 'membership', do: 'none' }));
    expect(chosen.get('maija')?.consents).toMatchObject({ membership: { given: false }, marketing: { given: false } });
  });

  it('takes no box for empty that was not shown', async () => {
    const { ask, chosen } = desk(maija);
    await ask(saving({ shown: 'marketing', yes: 'marketing' }));
    expect(Object.keys(chosen.get('maija')?.consents ?? {})).toEqual(['marketing']);
  });

  it('asks apart, with an empty box, whether the person may be followed in their mails', async () => {
    for (const language of PAGE_LANGUAGES) {
      const { text } = await desk(maija).ask({ ...looking, query: { lang: language } });
      expect(text).toContain(pageWords[language].trackingTitle);
      expect(text).toMatch(/<input type="checkbox" name="yes" value="tracking"[^>]*>/);
      expect(text).not.toMatch(/value="tracking"[^>]*checked/);
    }
  });

  it('does not ask it where nobody is followed, unless somebody has agreed to it once', async () => {
    expect((await desk(maija, { tracks: false }).ask(looking)).text).not.toContain('tracking');
    const agreed = [...maija, event('consent.given', 1, { data: { purpose: 'tracking' } })];
    expect((await desk(agreed, { tracks: false }).ask(looking)).text).toMatch(/value="tracking"[^>]*checked/);
  });

  it('keeps every no of somebody who is erased while they choose, that to being followed too', async () => {
    const agreed = ['marketing', 'tracking'].map((purpose) =>
      event('consent.given', 1, { id: purpose, data: { purpose } }),
    );
    const erasedAt = async () => new Map([['maija', day(11)]]);
    const { ask, refused, told } = desk([...maija, ...agreed], { erasedAt });
    const shown = 'membership marketing tracking pause';
    expect((await ask(saving({ ...all, shown, yes: 'membership' }))).status).toBe(410);
    expect([refused.sort(), told]).toEqual([['maija marketing', 'maija tracking'], []]);
  });

  it('takes down a yes to being followed with its wording, and a no', async () => {
    const { ask, news, chosen, score, world } = desk(maija);
    const shown = 'membership marketing tracking pause';
    await ask(saving({ ...all, shown, yes: 'tracking' }));
    expect(chosen.get('maija')?.consents.tracking).toMatchObject({ given: true, wording: WORDING });
    expect(news()).toContain('consent.given tracking');
    score();
    world.now += 60_000;
    await ask(saving({ ...all, shown, do: 'none' }));
    expect(chosen.get('maija')?.consents.tracking).toMatchObject({ given: false });
    expect(news()).toContain('consent.withdrawn tracking');
  });

  it('says until when a pause lasts', async () => {
    const { ask } = desk(maija);
    const { text } = await ask(saving({ ...all, yes: 'membership', pause: 'on' }));
    expect(text).toContain('The pause lasts until 15 April 2026.');
  });

  it('is gone with the person', async () => {
    const gone = { ...looking, params: { token: tokenFor('membership', 'erased') } };
    expect((await desk(maija).ask(gone)).status).toBe(410);
    expect((await desk(maija).ask({ ...saving(all), params: gone.params })).status).toBe(410);
  });
});

describe('a form that cannot be read', () => {
  it.each([
    ['empty', saving({})],
    ['not a form', { ...saving(all), headers: { 'content-type': 'application/json' } }],
    ['too long', saving({ ...all, yes: 'x'.repeat(5000) })],
    ['of boxes that there are not', saving({ shown: 'service' })],
  ])('changes nothing: %s', async (_, form) => {
    const { ask, world, told } = desk(maija);
    const { status, text } = await ask(form);
    expect(status).toBe(400);
    expect(text).toContain('Nothing was changed');
    expect([world.writes, told.length]).toEqual([0, 0]);
  });

  it('for its language is shown again, with the fault named and led to', async () => {
    const { ask, world } = desk(maija);
    const { status, text } = await ask(saving({ ...all, yes: 'marketing', language: 'klingon' }));
    expect([status, world.writes]).toEqual([422, 0]);
    expect(text).toContain('role="alert"');
    expect(text).toContain('<a href="#language">');
    expect(text).toContain('aria-invalid="true"');
  });
});

describe('every page', () => {
  it('is kept by nobody, framed by nobody, found by nobody, and tells nobody where it was', async () => {
    const { headers, text } = await desk(maija).ask(looking);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(text).not.toMatch(/<script|\son\w+=|https?:/i);
  });

  it('has the style that its policy allows, and no other', async () => {
    const { headers, text } = await desk(maija).ask(looking);
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(text).not.toContain('style="');
  });

  it.each(badTexts)('has the same elements for the organisation %j as for any other', async (organisation) => {
    const of = async (name: string) => skeleton((await desk(maija, { organisation: name }).ask(looking)).text);
    expect(await of(organisation)).toEqual(await of('The Club'));
  });

  it.each(PAGE_LANGUAGES)('is whole in %s', async (lang) => {
    const { text } = await desk(maija).ask({ ...looking, query: { lang } });
    expect(text).toContain(`<html lang="${lang}">`);
    expect(text).not.toMatch(/\{\w+\}|undefined/);
  });
});

it('a consent is kept with the version of the text: the text does not change under it', () => {
  const texts = PAGE_LANGUAGES.map((language) => {
    const { purposes, tracking, trackingSays } = pageWords[language];
    return [...OPTIONAL.map((purpose) => purposes[purpose]), tracking, trackingSays];
  });
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  expect([WORDING, hash]).toEqual(['preferences-2', '1ad229adbd3876f8']);
});
