import { describe, expect, it } from 'vitest';
import { linksBelow, unsubscribeHeaders } from '../../shared/mailing/mail-links.ts';
import { sealed } from '../../shared/sealing/sealed-reference.ts';

const key = { id: '00000001', key: new Uint8Array(32).fill(1) };
const linksFor = linksBelow('https://polku.example.org', async (reference) => sealed(key, reference));

describe('a mail to a member', () => {
  it('leads to their preferences, and out of its own kind of mails', async () => {
    const { preferences, unsubscribe } = await linksFor('maija', 'marketing');
    expect(preferences).toMatch(/^https:\/\/polku\.example\.org\/v1\/preferences\/[\w-]+$/);
    expect(unsubscribe).toMatch(/^https:\/\/polku\.example\.org\/v1\/unsubscribe\/[\w-]+$/);
  });

  it('lets the mailbox offer one click', async () =>
    expect(unsubscribeHeaders(await linksFor('maija', 'marketing'))).toEqual({
      'List-Unsubscribe': expect.stringMatching(/^<https:\/\/[\x21-\x7e]+>$/),
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }));

  it('has no header longer than a line may be, whatever the id', async () => {
    const headers = unsubscribeHeaders(await linksFor('䶿'.repeat(128), 'fundraising'));
    for (const [name, value] of Object.entries(headers)) expect(`${name}: ${value}`.length).toBeLessThanOrEqual(995);
  });

  it('that belongs to the service has no way out, but leads to the preferences', async () => {
    const links = await linksFor('maija', 'service');
    expect(Object.keys(links)).toEqual(['preferences']);
    expect(unsubscribeHeaders(links)).toEqual({});
  });
});
