import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { workOnPreview } from '../../../functions/preview/handler.ts';
import { dynoxide, startDynoxide } from '../../../infra/local/dynamodb/dynoxide.ts';
import { startDynalite } from '../../../infra/local/dynamodb/start-dynalite.ts';
import { choiceStore } from '../../../shared/aws/choice-store.ts';
import { memberStore } from '../../../shared/aws/dynamodb-member-store.ts';
import { hearsayStore } from '../../../shared/aws/hearsay-store.ts';
import { memberScan } from '../../../shared/aws/member-scan.ts';
import { previewStore } from '../../../shared/aws/preview-store.ts';
import { refolded } from '../../../shared/journeys/next-snapshot.ts';
import { openBook } from '../../../shared/preview/book.ts';
import type { Side } from '../../../shared/preview/walk.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import type { Model } from '../../../shared/scoring/model.ts';
import { modelOf } from '../../support/sample.ts';
import { openTables } from '../../support/tables.ts';

/*
 * How many members a second a preview gets through: reckoning alone, and with the reading from a DynamoDB on this
 * machine. Two years of events for each, under the trade union's model. Not part of the tests: run `npm run bench:preview`.
 */
const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '200' },
    events: { type: 'string', default: '240' },
  },
});
const members = Number(values.members);
const each = Number(values.events);

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-01T12:00:00Z');
const types: readonly (readonly [string, ActivityEvent['data']])[] = [
  ['site.visited', { topic: 'pay' }],
  ['email.clicked', { message: 'news' }],
  ['benefit.used', { benefit: 'discount' }],
  ['event.attended', { event: 'meeting' }],
  ['benefit.used', { benefit: 'legal-advice' }],
  ['survey.answered', { survey: 'spring', rating: 4 }],
];

const ledgerOf = (n: number): ActivityEvent[] => {
  const member = `m-${n}`;
  const made = (i: number, type: string, data: ActivityEvent['data'], time: number) => ({
    ...{ source: 'crm', id: `${i}`, member, type, time, data },
  });
  const step = (730 * DAY) / each;
  return Array.from({ length: each }, (_, i) => {
    const [type, data] = types[(i * 7 + n) % types.length] ?? ['site.visited', {}];
    const time = NOW - 730 * DAY + Math.round(i * step + ((n * 7919 + i * 104_729) % step));
    return i === 0 ? made(0, 'member.joined', {}, time) : made(i, type, data, time);
  });
};

const side = (model: Model): Side => ({ model, compiled: compile(model) });
const model = modelOf('trade-union');
const current = side(model);
const draft = side({
  ...model,
  rules: model.rules.map((rule) => (rule.id === 'discount' ? { ...rule, points: 9 } : rule)),
});
const span = { from: NOW - 182 * DAY, at: NOW };
/** By the processor's time of this process, since others may want the processor too. */
const clock = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const report = (what: string, ms: number): void =>
  console.log(`${what}: ${Math.round((members / ms) * 1000)} members/s a core, ${(ms / members).toFixed(2)} ms each`);

const reckoning = (): void => {
  const ledgers = Array.from({ length: members }, (_, n) => ledgerOf(n));
  for (let round = 0; round < 3; round++) {
    const book = openBook({ current, draft, span, zone: 'Europe/Oslo' });
    const began = clock();
    for (const [n, ledger] of ledgers.entries()) book.add(`m-${n}`, ledger);
    const took = clock() - began;
    // The first rounds are for the compiler.
    if (round === 2) report('Reckoning alone', took);
  }
};

const withReading = async (): Promise<void> => {
  const program = dynoxide();
  const tables = await openTables(program ? (folder) => startDynoxide(program, folder) : startDynalite);
  const { client } = tables;
  const records = { client, table: tables.members, pause: async () => {} };
  const store = memberStore(records);
  for (let n = 0; n < members; n++) {
    const ledger = ledgerOf(n);
    await store.putEvents(ledger);
    const visit = { member: `m-${n}`, now: NOW, events: ledger, ticked: false };
    const after = refolded({ version: 1, compiled: current.compiled }, visit, undefined, ledger, ledger);
    await store.writeSnapshots([{ member: `m-${n}`, before: undefined, after }]);
  }
  const previews = previewStore({ client, table: tables.config, now: () => NOW });
  const head = { id: 'a'.repeat(32), ...span, lastMonths: 6, current: 1, parts: 1, attempt: 1, startedAt: NOW };
  await previews.begin({ ...head, expiresAt: NOW + DAY }, draft.model);
  const work = workOnPreview({
    ...previews,
    draft: async () => draft,
    modelVersion: async (version) => ({ ...current, version }),
    membersIn: memberScan({ client, table: tables.members }),
    ledger: store.ledger,
    choices: choiceStore(records).choices,
    heard: hearsayStore(records, { client, table: tables.config, newToken: randomUUID, now: () => NOW }),
    zone: 'Europe/Oslo',
    now: () => NOW,
  });
  const began = clock();
  await work({ id: head.id, at: NOW, part: 0 });
  report('With reading', clock() - began);
  await tables.close();
};

console.log(`${members} members with ${each} events each`);
reckoning();
await withReading();
