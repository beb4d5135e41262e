import type { ActivityMessage } from '../../events/activity-message.ts';
import type { Deps, Quarantined } from '../../functions/admin/deps.ts';
import { adminRoutes } from '../../functions/admin/handler.ts';
import type { MarketingSwitch } from '../../shared/mailing/feedback/marketing-switch.ts';
import type { VersionNotes } from '../../shared/model/notes.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { Staff } from '../../shared/scoring/staff.ts';
import { client } from './http.ts';
import { memoryPreviews } from './memory-previews.ts';
import { memoryReports } from './memory-reports.ts';
import { memoryRescores } from './memory-rescores.ts';

export const now = Date.parse('2026-03-02T12:00:00Z');
export const id = (n: number) => n.toString(16).padStart(32, '0');
export const message: ActivityMessage = {
  kind: 'activity',
  event: { source: 'crm', id: 'e-1', type: 'site.visited', member: 'm-1', time: now, data: {} },
};
export const inQuarantine = (body: string, n = 1): Quarantined => ({
  id: id(n),
  at: now,
  reason: 'not-an-event',
  body,
});

/** The admin routes over settings that live in memory. */
export const office = ({
  inputs = [],
  sends = true,
  doubted = [],
  mostOnAPage = 1_000,
}: {
  inputs?: readonly Quarantined[];
  sends?: boolean;
  doubted?: readonly string[];
  mostOnAPage?: number;
} = {}) => {
  const models: (VersionNotes & { model: Model })[] = [];
  const sources = new Map<string, { secret: string; createdAt: number; expiresAt?: number }[]>();
  const quarantine = new Map(inputs.map((input) => [input.id, input]));
  const sent: ActivityMessage[] = [];
  const delays: number[] = [];
  const told: object[] = [];
  let staff: Staff | undefined;
  let secrets = 0;
  const rescores = memoryRescores();
  const version = (n: number) => {
    const found = models[n - 1];
    return found && { version: n, publishedAt: now, ...found };
  };
  let marketing: MarketingSwitch = {
    stopped: { at: now - 1_000, why: 'bounces', sent: 2_000, bounced: 120, complained: 1 },
  };
  const allowed: string[] = [];
  const deps: Deps = {
    currentModel: async () => version(models.length),
    modelVersion: async (n) => version(n),
    models: async () =>
      models.map(({ model, ...notes }, i) => ({
        ...notes,
        version: i + 1,
        publishedAt: now,
        current: i + 1 === models.length,
      })),
    publishModel: async (model, _letters, { publishedAt, ...notes }, beforehand) => {
      await beforehand?.(models.length + 1);
      return models.push({ ...notes, model });
    },
    currentVersion: async () => models.length || undefined,
    ...rescores,
    countBehind: async (version) => 100 - version,
    staff: async () => staff,
    putStaff: async (value) => {
      staff = value;
    },
    sources: async () => [...sources].map(([id, secrets]) => ({ id, createdAt: now, secrets })),
    createSource: async (id, secret) => !sources.has(id) && Boolean(sources.set(id, [{ secret, createdAt: now }])),
    addSecret: async (id, secret, expiresAt) => {
      const before = sources.get(id);
      if (before) sources.set(id, [{ secret, createdAt: now }, ...before.map((one) => ({ ...one, expiresAt }))]);
      return before !== undefined;
    },
    marketing: async () => marketing,
    resumeMarketing: async (liftedAt) => {
      marketing = { liftedAt };
      return true;
    },
    rates: async (_, since) =>
      since ? { sent: 0, bounced: 0, complained: 0 } : { sent: 2_000, bounced: 120, complained: 1 },
    liftAddress: async (address) => void allowed.push(address),
    rotateLinkKey: async () => '0badcafe',
    newSecret: () => `whsec_${++secrets}`,
    quarantine: {
      // As the table does it: a page that is full names the next one, though nothing may be on it.
      list: async ({ after = '', limit }) => {
        const items = [...quarantine.values()].filter(({ id }) => id > after).slice(0, Math.min(limit, mostOnAPage));
        const last = items.at(-1);
        return { items, ...(last && items.length === Math.min(limit, mostOnAPage) ? { next: last.id } : {}) };
      },
      get: async (id) => quarantine.get(id),
      remove: async ({ id }) => void quarantine.delete(id),
    },
    send: async (messages, delay = 0) => {
      if (sends) sent.push(...messages);
      if (sends) delays.push(...messages.map(() => delay));
      return messages.map(() => sends);
    },
    stored: async () => ({ records: [] }),
    wholeLedger: async () => [{ ...message.event, email: 'maija@example.org' }],
    addressRecord: async () => ({ notes: [] }),
    tombstones: async () => [],
    waitingDigests: async () => [],
    previewsNaming: async () => [],
    storedOf: async (member) => (member === 'maija' ? ['event', 'event', 'mail', 'snapshot', 'choices'] : []),
    isInDoubt: async (tag) => doubted.includes(tag),
    tell: async (message) => {
      if (sends) told.push(message);
      return sends;
    },
    previews: memoryPreviews(() => now),
    reports: memoryReports(() => now),
    startPreview: async () => {},
    now: () => now,
  };
  const call = client(adminRoutes(deps));
  const headers = { 'content-type': 'application/json' };
  return {
    call,
    sent,
    delays,
    told,
    rescores,
    quarantine,
    allowed,
    send: (method: string, path: string, body: unknown, params: Record<string, string> = {}) =>
      call({ method, path, headers, params, body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
};
