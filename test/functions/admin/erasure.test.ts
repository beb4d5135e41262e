import { describe, expect, it } from 'vitest';
import { inQuarantine, now, office } from '../../support/office.ts';

describe('erasing a member', () => {
  const about = (member: unknown) => JSON.stringify({ kind: 'activity', event: { member, odd: true } });
  const inputs = [
    inQuarantine(about('maija'), 1),
    inQuarantine(about({ id: 'maija' }), 2),
    inQuarantine(about('maija-2'), 3),
    inQuarantine('{ "member": "maija", broken', 4),
    ...Array.from({ length: 120 }, (_, i) => inQuarantine(about(`other-${i}`), 5 + i)),
    inQuarantine(about('maija'), 200),
    inQuarantine('{"mail":{"destination":["Maija@Example.org"]}}', 201),
    inQuarantine('{"mail":{"destination":["anna-maija@example.org"]}}', 202),
    inQuarantine('{ "member": "maija-2, broken', 203),
  ];
  const stored = { member: 'maija', events: 2, mails: 1, others: 2, quarantined: 5 };
  const params = { id: 'maija' };

  it('says first what would go, and touches nothing', async () => {
    const { call, sent, quarantine } = office({ inputs });
    expect((await call({ path: '/v1/members/{id}/erasure', params })).body).toEqual(stored);
    expect([sent.length, quarantine.size]).toEqual([0, inputs.length]);
  });

  it('looks through all of the quarantine, however little of it comes at a time', async () => {
    const { call } = office({ inputs, mostOnAPage: 3 });
    expect((await call({ path: '/v1/members/{id}/erasure', params })).body).toEqual(stored);
  });

  it('asks the scorer for it, at once and when all who were at work are done, and clears what lies in quarantine about them', async () => {
    const { call, sent, delays, quarantine } = office({ inputs });
    const answer = await call({ method: 'DELETE', path: '/v1/members/{id}', params });
    expect([answer.status, answer.body]).toEqual([202, stored]);
    const erasure = { kind: 'erasure', member: 'maija', at: now };
    expect([sent, delays]).toEqual([
      [erasure, erasure],
      [0, 900],
    ]);
    expect([...quarantine.values()].filter(({ body }) => /"maija["@]/i.test(body))).toEqual([]);
    expect(quarantine.size).toBe(inputs.length - 5);
  });

  it('clears nothing as long as the queue does not take it', async () => {
    const { call, quarantine } = office({ inputs, sends: false });
    expect((await call({ method: 'DELETE', path: '/v1/members/{id}', params })).status).toBe(503);
    expect(quarantine.size).toBe(inputs.length);
  });
});
