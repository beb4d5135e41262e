import * as z from 'zod';
import { TAG_INDEX } from '../../shared/aws/keys.ts';
import type { Findings } from './finding.ts';
import { actsIn, arrivalIn, isPersons } from './followed-persons.ts';
import { request } from './front-door.ts';
import { recordIn } from './known-person.ts';
import { tableNames } from './names.ts';
import type { SimulatedWorld } from './world.ts';

/** What staff are shown of a mail among all that is stored of a member. */
const Shown = z.object({
  kind: z.literal('mail'),
  tag: z.string(),
  opened: z.iso.datetime().optional(),
  clicked: z.iso.datetime().optional(),
});
const Export = z.object({ records: z.array(z.unknown()) });

/** When a person first did something, as text; undefined: nobody ever did. */
const firstOf = (instants: readonly number[]): string | undefined =>
  instants.length === 0 ? undefined : new Date(Math.min(...instants)).toISOString();

/** Staff look at all that is stored of members: when a mail was first opened and clicked must be what was noted with it. */
export const askFirsts = ({ demand }: Findings, { cloud, functions, acts, reported }: SimulatedWorld): void => {
  const rows = new Map(
    cloud.tables
      .items(tableNames.MEMBERS_TABLE)
      .flatMap((row) => (row[TAG_INDEX.partition]?.S === undefined ? [] : [[row[TAG_INDEX.partition]?.S, row]])),
  );
  const check = ({ tag, opened, clicked }: z.infer<typeof Shown>, member: string): void => {
    const row = rows.get(tag) ?? {};
    const noted = actsIn(row);
    const told = [...acts.filter((one) => !one.isRobot), ...reported].filter((one) => one.tag === tag);
    for (const { key, at } of noted) {
      const isTold = told.some((one) => one.at === at);
      demand(isTold, 'firsts', () => `${member}: ${key} of ${at} is noted of ${tag}, and no person was told of`);
    }
    const arrivedAt = arrivalIn(row) ?? Number(row.at?.N);
    const persons = noted.filter((one) => isPersons(one, noted, arrivedAt));
    const [opens, clicks] = [true, false].map((isOpen) =>
      firstOf(persons.filter(({ key }) => (key === 'open') === isOpen).map(({ at }) => at)),
    );
    const isRight = opened === opens && clicked === clicks;
    demand(
      isRight,
      'firsts',
      () => `${member}: ${tag} was first opened ${opened} and clicked ${clicked}, not ${opens} and ${clicks}`,
    );
  };
  const members = new Set(acts.flatMap(({ tag }) => cloud.witness.toldByTag.get(tag)?.effect.member ?? []));
  for (const member of members) {
    if (!recordIn(cloud.tables, member).snapshot) continue;
    const route = 'GET /v1/members/{id}/export';
    void functions.admin.invoke(request(route, { params: { id: member } })).then((outcome) => {
      const { statusCode, body = '{}' } = outcome?.answer ?? {};
      demand(statusCode === 200, 'firsts', () => `staff hear ${statusCode} of the export of ${member}`);
      if (statusCode !== 200) return;
      for (const record of Export.parse(JSON.parse(body)).records) {
        const shown = Shown.safeParse(record);
        if (shown.success) check(shown.data, member);
      }
    });
  }
};
