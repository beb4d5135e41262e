import { describe, expect, it } from 'vitest';
import { NewSecret, SourceList } from '../../../shared/api/admin.ts';
import { office } from '../../support/office.ts';

describe('the staff', () => {
  const staff = {
    owners: [{ id: 'liisa', name: 'Liisa', email: 'liisa@example.org', language: 'fi' }],
    fallback: 'liisa',
  };

  it('is set as a whole, and read as it was set', async () => {
    const { send, call } = office();
    expect((await call({ path: '/v1/staff' })).status).toBe(404);
    expect((await send('PUT', '/v1/staff', staff)).status).toBe(200);
    expect((await call({ path: '/v1/staff' })).body).toEqual(staff);
  });

  it('may be many, and is told how many where they are too many', async () => {
    const crowd = (count: number, note = '') => ({
      owners: Array.from({ length: count }, (_, i) => ({
        ...{ id: `owner-${i}`, name: `Owner ${i}`, email: `owner-${i}@example.org`, language: 'nb' },
        looksAfter: { attribute: 'branch', eq: `branch-${i}${note}` },
      })),
      fallback: 'owner-0',
    });
    expect((await office().send('PUT', '/v1/staff', crowd(2_000))).status).toBe(200);
    expect((await office().send('PUT', '/v1/staff', crowd(2_001))).body).toMatchObject({
      errors: [{ pointer: '/owners', message: 'at most 2000 owners: let teams look after members' }],
    });
    expect((await office().send('PUT', '/v1/staff', crowd(1_500, 'x'.repeat(150)))).body).toMatchObject({
      errors: [{ pointer: '/owners', message: 'at most 380000 bytes: shorten the conditions' }],
    });
  });

  it('needs a fallback that is there', async () => {
    const { status, body } = await office().send('PUT', '/v1/staff', { ...staff, fallback: 'matti' });
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ pointer: '/fallback' }] } });
  });
});

describe('a source', () => {
  it('gets a secret that is shown once', async () => {
    const { send, call } = office();
    const made = await send('POST', '/v1/sources', { id: 'crm' });
    expect(made.status).toBe(201);
    expect(NewSecret.parse(made.body)).toEqual({ id: 'crm', secret: 'whsec_1' });
    const { text, body } = await call({ path: '/v1/sources' });
    expect(SourceList.parse(body).sources).toHaveLength(1);
    expect(text).not.toContain('whsec');
  });

  it('is made once, and under a name that can stand in an address', async () => {
    const { send } = office();
    await send('POST', '/v1/sources', { id: 'crm' });
    expect((await send('POST', '/v1/sources', { id: 'crm' })).status).toBe(409);
    expect((await send('POST', '/v1/sources', { id: 'polku' })).status).toBe(409);
    expect((await send('POST', '/v1/sources', { id: 'C R M' })).status).toBe(422);
  });

  it('gets another secret beside the old one, which ends a day later or when one says', async () => {
    const { send } = office();
    await send('POST', '/v1/sources', { id: 'crm' });
    const path = '/v1/sources/{source}/secrets';
    const rotated = await send('POST', path, {}, { source: 'crm' });
    expect(rotated).toMatchObject({
      status: 201,
      body: { secret: 'whsec_2', othersEndAt: '2026-03-03T12:00:00.000Z' },
    });
    const sooner = await send('POST', path, { overlapHours: 0.5 }, { source: 'crm' });
    expect(sooner.body).toMatchObject({ othersEndAt: '2026-03-02T12:30:00.000Z' });
    expect((await send('POST', path, '', { source: 'crm' })).status).toBe(201);
    expect((await send('POST', path, {}, { source: 'other' })).status).toBe(404);
    expect((await send('POST', path, { overlapHours: -1 }, { source: 'crm' })).status).toBe(422);
  });
});

it('gives links in mails a new key, and shows it to nobody', async () => {
  const { status, body } = await office().call({ method: 'POST', path: '/v1/link-keys' });
  expect([status, body]).toEqual([201, { id: '0badcafe' }]);
});
