import { describe, expect, it } from 'vitest';
import { rawMail } from '../../shared/aws/raw-mail.ts';
import { linksBelow } from '../../shared/mailing/mail-links.ts';
import { sealed } from '../../shared/sealing/sealed-reference.ts';

const key = { id: '00000001', key: new Uint8Array(32).fill(1) };
const linksFor = linksBelow('https://polku.example.org', async (reference) => sealed(key, reference));

describe('a mail to a member', () => {
  it('leads to their preferences, and out of its own kind of mails', async () => {
    const { preferences, unsubscribe } = await linksFor('maija', 'marketing');
    expect(preferences).toMatch(/^https:\/\/polku\.example\.org\/v1\/preferences\/[\w-]+$/);
    expect(unsubscribe).toMatch(/^https:\/\/polku\.example\.org\/v1\/unsubscribe\/[\w-]+$/);
  });

  it('lets the mailbox offer one click, with no line too long whatever the id', async () => {
    const { unsubscribe = '' } = await linksFor('䶿'.repeat(128), 'fundraising');
    const mail = { to: 'a@x.example', subject: 'x', html: 'x', text: 'x', unsubscribe: { url: unsubscribe } };
    const head = { organisation: 'Union', sender: 'a@example.org' };
    const lines = new TextDecoder().decode(rawMail(mail, head, 'tag', 0).raw).split('\r\n');
    expect(lines).toContain(`List-Unsubscribe: <${unsubscribe}>`);
    expect(lines).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(995);
  });

  it('that belongs to the service has no way out, but leads to the preferences', async () => {
    const links = await linksFor('maija', 'service');
    expect(Object.keys(links)).toEqual(['preferences']);
  });
});
