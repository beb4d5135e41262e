import { describe, expect, it } from 'vitest';
import { office } from '../../support/office.ts';

describe('a mail of which nobody knows whether it left', () => {
  const tag = 'a-tag-of-a-mail';
  const resolve = (body: unknown, of = tag) =>
    ['POST', '/v1/deliveries/{tag}/resolve', body, { tag: of }] satisfies [string, string, unknown, object];

  it.each([true, false])('is settled by a person’s word, on the way of SES’s own: sent %s', async (sent) => {
    const { send, told } = office({ doubted: [tag] });
    expect(await send(...resolve({ sent }))).toMatchObject({ status: 202, body: { tag, sent } });
    expect(told).toEqual([{ kind: 'word', tag, sent }]);
  });

  it('is not settled where it is not in doubt, or no mail at all', async () => {
    const { send, told } = office({ doubted: [tag] });
    expect((await send(...resolve({ sent: true }, 'another-tag-of-a-mail'))).status).toBe(404);
    expect((await send(...resolve({ sent: true }, 'no tag!'))).status).toBe(404);
    expect(told).toEqual([]);
  });

  it.each(['{', '{}', { sent: 'yes' }, { sent: true, again: true }])('is not settled by %j', async (body) => {
    const { send, told } = office({ doubted: [tag] });
    expect((await send(...resolve(body))).status).toBe(body === '{' ? 400 : 422);
    expect(told).toEqual([]);
  });

  it('stays in doubt where the queue did not take the word', async () => {
    const { send } = office({ doubted: [tag], sends: false });
    expect(await send(...resolve({ sent: true }))).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
  });
});

describe('marketing that has stopped by itself', () => {
  it('is shown with its reason, and goes on when a person says so', async () => {
    const { send, call } = office();
    expect((await call({ path: '/v1/mail' })).body).toMatchObject({
      marketing: { stopped: { why: 'bounces' } },
      ...{ sent: 2_000, bounced: 120, bounceRate: 0.06, complaintRate: 0.0005 },
    });
    expect((await send('POST', '/v1/mail/resume', {})).body).toMatchObject({ marketing: { stopped: null }, sent: 0 });
  });

  it('is one thing, an address that bounced another: a person may let that be written to again', async () => {
    const { send, allowed } = office();
    expect((await send('POST', '/v1/mail/allow', { address: 'maija@example.org' })).status).toBe(200);
    expect((await send('POST', '/v1/mail/allow', { address: 'no address' })).status).toBe(422);
    expect(allowed).toEqual(['maija@example.org']);
  });
});
