import { describe, expect, it } from 'vitest';
import { QuarantineList } from '../../../shared/api/admin.ts';
import { id, inQuarantine, message, office } from '../../support/office.ts';

describe('quarantine', () => {
  const replay = { method: 'POST', path: '/v1/quarantine/{id}/replay', params: { id: id(1) } };

  it('is listed page by page', async () => {
    const { call } = office({ inputs: [1, 2, 3].map((n) => inQuarantine('{}', n)) });
    const first = QuarantineList.parse((await call({ path: '/v1/quarantine', query: { limit: '2' } })).body);
    expect(first).toMatchObject({
      items: [{ id: id(1), reason: 'not-an-event', body: '{}' }, { id: id(2) }],
      next: id(2),
    });
    const rest = await call({ path: '/v1/quarantine', query: { limit: '2', cursor: id(2) } });
    expect(rest.body).toMatchObject({ items: [{ id: id(3) }] });
  });

  it('gives an input back to the queue, and lets go of it then', async () => {
    const { call, sent, quarantine } = office({ inputs: [inQuarantine(JSON.stringify(message))] });
    expect((await call(replay)).status).toBe(202);
    expect(sent).toEqual([message]);
    expect(quarantine.size).toBe(0);
    expect((await call(replay)).status).toBe(404);
  });

  it('gives a report of a mail back to the queue of such reports', async () => {
    const report = { eventType: 'Send', mail: { messageId: 'm-1', timestamp: '2026-03-02T11:00:00Z' } };
    const { call, sent, told, quarantine } = office({ inputs: [inQuarantine(JSON.stringify(report))] });
    expect((await call(replay)).status).toBe(202);
    expect({ sent, told, kept: quarantine.size }).toEqual({ sent: [], told: [report], kept: 0 });
  });

  it('keeps what the queue did not take', async () => {
    const { call, quarantine } = office({ inputs: [inQuarantine(JSON.stringify(message))], sends: false });
    expect((await call(replay)).status).toBe(503);
    expect(quarantine.size).toBe(1);
  });

  it.each(['{', '{}', '"text"', JSON.stringify({ ...message, kind: 'other' })])(
    'keeps what still is no message: %s',
    async (body) => {
      const { call, quarantine, sent } = office({ inputs: [inQuarantine(body)] });
      expect((await call(replay)).status).toBe(422);
      expect({ kept: quarantine.size, sent }).toEqual({ kept: 1, sent: [] });
    },
  );
});
