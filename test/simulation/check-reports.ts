import { ADDRESS_PREFIX, TAG_INDEX } from '../../shared/aws/keys.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import type { Findings } from './finding.ts';
import { addressPlace } from './graves.ts';
import { tableNames } from './names.ts';
import type { Happening } from './reports.ts';
import type { SimulatedWorld } from './world.ts';

/** What a report says of the addresses in it; undefined: nothing. */
const noteOf = ({ type, isFinal }: Happening): string | undefined => {
  if (type === 'Complaint') return 'complaint';
  if (type !== 'Bounce') return undefined;
  return isFinal ? 'hard' : 'soft';
};

/** What a report says of its mail; undefined: nothing that it is remembered by. */
const fateOf = ({ type, isFinal }: Happening): string | undefined => {
  if (type === 'Bounce') return isFinal ? 'bounced' : 'returned';
  return { Delivery: 'delivered', DeliveryDelay: 'delayed', Complaint: 'complained' }[type];
};

const listed = (one: Iterable<string>): string => canonicalJson([...new Set(one)].sort());

/**
 * What must be noted of addresses and of mails when all has come to rest: just what follows from the set of the reports,
 * in whatever order and however often they came.
 */
export const checkReports = ({ demand }: Findings, { cloud, reported }: SimulatedWorld): void => {
  const { tables, witness } = cloud;
  const rows = tables.items(tableNames.MEMBERS_TABLE);
  const told = reported.flatMap((one) => {
    const note = noteOf(one);
    return note === undefined
      ? []
      : one.to.map((address) => `${addressPlace(tables, address)} ${note} ${one.at} ${one.mail}`);
  });
  const noted = rows
    .filter(({ pk }) => pk?.S?.startsWith(ADDRESS_PREFIX))
    .map(({ pk, kind, at, mail }) => `${pk?.S} ${kind?.S} ${at?.N} ${mail?.S}`);
  const [of, right] = [listed(noted), listed(told)];
  demand(
    of === right && noted.length === new Set(told).size,
    'reports',
    () => `of addresses ${of} is noted, not ${right}`,
  );

  // What an index hides is not looked for again, when it is reported late.
  if (witness.stale.has(TAG_INDEX.name)) return;
  const byTag = Map.groupBy(reported, ({ tag }) => tag);
  for (const row of rows) {
    const tag = row[TAG_INDEX.partition]?.S;
    if (tag === undefined) continue;
    const its = byTag.get(tag) ?? [];
    const became = listed(
      Object.entries(row).flatMap(([name, at]) => (name.startsWith('fate#') ? `${name} ${at.N}` : [])),
    );
    const should = listed(its.flatMap((one) => (fateOf(one) === undefined ? [] : `fate#${fateOf(one)} ${one.at}`)));
    demand(became === should, 'reports', () => `${row.pk?.S} ${row.sk?.S} has ${became}, not ${should}`);
  }
};
