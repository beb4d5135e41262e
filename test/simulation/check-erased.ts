import { memberKey } from '../../shared/aws/keys.ts';
import { sequenceIn } from '../../shared/kernel/effect-id.ts';
import type { Findings } from './finding.ts';
import { graveIn } from './graves.ts';
import { membersIn } from './records.ts';
import type { SimulatedWorld } from './world.ts';

/** Nobody takes longer to write down what a member says, by whatever clock, ms. */
const LONGEST = 60 * 60_000;

/** Of whoever was erased nothing is kept, but what nobody can read and what has happened since. */
export const checkErased = ({ demand }: Findings, { cloud, book, words, acts }: SimulatedWorld): void => {
  const records = new Map(membersIn(cloud).map((record) => [record.member, record]));
  for (const [member, asked] of cloud.witness.erasures) {
    const grave = graveIn(cloud.tables, member);
    const last = Math.max(...asked);
    demand(
      grave?.askedAt === last,
      'erased',
      () => `${member}, erased at ${last}, has the tombstone of ${grave?.askedAt}`,
    );
    if (!grave) continue;
    const { erasedAt } = grave;
    const known = new Set([
      ...asked,
      ...acts.map(({ at }) => at),
      ...[...book.entries.values()].flatMap(({ member: of, times }) => (of === member ? times : [])),
    ]);
    // Whoever gets no answer may say it again, hours later.
    const isOwn = words.some(
      ({ member: of, begun, answered = Number.POSITIVE_INFINITY }) =>
        of === member && erasedAt > begun - LONGEST && erasedAt < answered + LONGEST,
    );
    demand(
      known.has(erasedAt) || isOwn,
      'erased',
      () => `${member} is erased up to ${erasedAt}, when nothing has happened`,
    );
    const record = records.get(member);
    if (!record) continue;
    const { ledger, snapshot, mails, places, counted, choices } = record;
    const isBefore = (what: string) => `${member}, erased up to ${erasedAt}, has still ${what}`;
    for (const { source, id, time } of ledger)
      demand(time > erasedAt, 'erased', () => isBefore(`${source} ${id} of ${time}`));
    demand(ledger.length > 0, 'erased', () => `${member}, erased up to ${erasedAt}, is there without having come back`);
    demand(!snapshot || snapshot.erasedAt === erasedAt, 'erased', () =>
      isBefore(`a snapshot after ${snapshot?.erasedAt}`),
    );
    for (const id of [...mails.map((mail) => mail.id), ...counted]) {
      demand(sequenceIn(id) > erasedAt, 'erased', () => isBefore(`the mail ${id}`));
    }
    for (const { journey, sequence } of places)
      demand(sequence > erasedAt, 'erased', () => isBefore(`a place in ${journey}`));
    demand(choices === undefined || choices > erasedAt, 'erased', () => isBefore('choices'));
  }
  const items = [...cloud.tables.items('members'), ...cloud.tables.items('config')].map((item) => JSON.stringify(item));
  for (const member of cloud.witness.erasures.keys()) {
    if (records.has(member)) continue;
    const names = [`"${memberKey(member)}"`, `\\"${member}\\"`, `${member}@`];
    const found = items.find((item) => names.some((name) => item.includes(name)));
    demand(found === undefined, 'erased', () => `${member} is named in ${found}`);
  }
};
