import * as z from 'zod';
import { iso, isoIf } from '../../shared/api/instant.ts';
import { type ExportedRecord, ExportPath, ExportQuery, type MemberExport } from '../../shared/api/member-export.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { StoredMail, StoredRecord } from '../../shared/aws/stored-records.ts';
import { unreachable } from '../../shared/kernel/unreachable.ts';
import type { Deps } from './deps.ts';
import { addressesOf, quarantinedAbout, type Sought } from './quarantined-about.ts';

type ExportDeps = Pick<
  Deps,
  'stored' | 'wholeLedger' | 'addressRecord' | 'tombstones' | 'waitingDigests' | 'previewsNaming' | 'quarantine' | 'now'
>;

/** A page may go beyond this by one page of the quarantine, characters: an answer may have 6 MB. */
const ENOUGH = 1_000_000;

/** Two rows of places: first what is stored under the member's id, then what lies elsewhere. */
const Place = z.union([
  z.tuple([z.literal('stored'), z.string().optional()]),
  z.tuple([z.literal('quarantine'), z.string()]),
]);
type Place = z.infer<typeof Place>;
const START: Place = ['stored'];

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');
const placeOf = (cursor: string): Place | undefined => {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return undefined;
  }
};

const isoAll = (instants: StoredMail['fates']): Record<string, string> =>
  Object.fromEntries(Object.entries(instants).map(([name, at]) => [name, iso(at)]));

const actRecord = ({ kind, at, ...link }: StoredMail['acts'][number]) => ({ what: kind, at: iso(at), ...link });

const mailRecord = ({
  at,
  fates,
  until,
  arms,
  drawnAt,
  asked,
  opened,
  clicked,
  acts,
  told,
  ...mail
}: StoredMail): ExportedRecord => ({
  kind: 'mail',
  ...mail,
  at: iso(at),
  became: isoAll(fates),
  until: isoIf(until),
  drawn: arms && { ...arms },
  drawnAt: isoIf(drawnAt),
  opened: isoIf(opened),
  clicked: isoIf(clicked),
  ...(acts.length === 0 ? {} : { acts: acts.map(actRecord) }),
  ...(told.length === 0 ? {} : { told: [...told] }),
  ...(asked === undefined ? {} : { asked: z.json().parse(asked) }),
});

const exported = (record: StoredRecord): ExportedRecord => {
  switch (record.kind) {
    case 'event': {
      const { source, id, type, time, email, data } = record.event;
      return { kind: 'event', at: iso(time), source, id, type, email, data };
    }
    case 'mail':
      return mailRecord(record.mail);
    case 'other':
      return { kind: 'stored', name: record.name, content: z.json().parse(record.content) };
    default:
      return unreachable(record);
  }
};

const ofAddress = async ({ addressRecord }: ExportDeps, email: string): Promise<ExportedRecord[]> => {
  const { notes, liftedAt } = await addressRecord(email);
  return [
    ...notes.map(({ kind, at, mail }) => ({ kind: 'address' as const, email, note: kind, at: iso(at), mail })),
    ...(liftedAt === undefined ? [] : [{ kind: 'address' as const, email, note: 'lifted', at: iso(liftedAt) }]),
  ];
};

const ofTombstones = async (
  { tombstones }: ExportDeps,
  member: string,
  email: string | undefined,
): Promise<ExportedRecord[]> =>
  (await tombstones(member, email)).flatMap(({ erasedAt, refusals }) =>
    Object.entries(refusals).map(([purpose, { at, own }]) => ({
      kind: 'refusal' as const,
      purpose,
      at: iso(at),
      own,
      erasedAt: iso(erasedAt),
    })),
  );

const ofDigests = async ({ waitingDigests }: ExportDeps, member: string): Promise<ExportedRecord[]> =>
  (await waitingDigests(member)).flatMap(({ owner, run, news, known }) =>
    [...news, ...known]
      .filter((one) => one.member === member)
      .map((entry) => ({ kind: 'digest' as const, owner, run: iso(run), entry })),
  );

const ofPreviews = async ({ previewsNaming }: ExportDeps, member: string): Promise<ExportedRecord[]> =>
  (await previewsNaming(member)).map(({ id, at, entry }) => ({
    kind: 'preview' as const,
    id,
    at: iso(at),
    entry: z.json().parse(entry),
  }));

/** What lies elsewhere: under their addresses, of an erasure before, in lists to owners that wait, and in previews. */
const elsewhere = async (deps: ExportDeps, { member, addresses }: Sought): Promise<ExportedRecord[]> => {
  const parts = await Promise.all([
    ...[...new Set(addresses)].map((email) => ofAddress(deps, email)),
    ofTombstones(deps, member, addresses.at(-1)),
    ofDigests(deps, member),
    ofPreviews(deps, member),
  ]);
  return parts.flat();
};

type Page = { readonly records: readonly ExportedRecord[]; readonly next?: Place };

const inQuarantine = async ({ quarantine }: ExportDeps, sought: Sought, from?: string): Promise<Page> => {
  const records: ExportedRecord[] = [];
  let length = 0;
  for await (const { about, next } of quarantinedAbout(quarantine, sought, from)) {
    for (const input of about) {
      length += input.body.length;
      records.push({ kind: 'quarantined', ...input, at: iso(input.at) });
    }
    if (length > ENOUGH && next !== undefined) return { records, next: ['quarantine', next] };
  }
  return { records };
};

const pageAt = async (deps: ExportDeps, member: string, [of, after]: Place): Promise<Page> => {
  const sought = async () => ({ member, addresses: await addressesOf(deps, member) });
  if (of === 'quarantine') return inQuarantine(deps, await sought(), after);
  const { records, next } = await deps.stored(member, after);
  const own = records.map(exported);
  if (next !== undefined) return { records: own, next: ['stored', next] };
  const them = await sought();
  const [beside, rest] = await Promise.all([elsewhere(deps, them), inQuarantine(deps, them)]);
  return { ...rest, records: [...own, ...beside, ...rest.records] };
};

/** All that is stored of a member, as it is, for themselves or for whoever they want to have it. */
export const exportRoutes = (deps: ExportDeps): Readonly<Record<string, Route>> => ({
  'GET /v1/members/{id}/export': route(
    z.object({ params: ExportPath, query: ExportQuery }),
    async ({ params: { id: member }, query: { cursor } }) => {
      const place = cursor === undefined ? START : placeOf(cursor);
      if (!place) return problem(400, 'The query is not valid');
      const { records, next } = await pageAt(deps, member, place);
      if (records.length === 0 && cursor === undefined) return problem(404, 'Nothing is known of a member of this id');
      const body: MemberExport = {
        member,
        asOf: iso(deps.now()),
        records: [...records],
        ...(next === undefined ? {} : { next: cursorOf(next) }),
      };
      return { status: 200, body };
    },
  ),
});
