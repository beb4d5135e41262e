import { MemberExport } from '../../../shared/api/member-export.ts';
import { Erasure, MemberList, MemberNow, Timeline, type TimelineEntry } from '../../../shared/api/members.ts';
import { unreachable } from '../../../shared/kernel/unreachable.ts';
import { Trouble } from '../trouble.ts';
import type { Adds, Desk } from './command.ts';
import { type Cell, plain } from './paper.ts';

const show = async ({ api, json, print, paper, memberPath }: Desk, id: string): Promise<void> => {
  const member = await api().ask(MemberNow, memberPath(id));
  if (json) return print(member);
  const { attributes, email, joinedAt, leftAt, lastActivityAt, tenureDays } = member;
  const facts: [string, string | undefined][] = [
    ['E-mail', email],
    ...Object.entries(attributes).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
    ['Joined', joinedAt && `${paper.date(joinedAt)}${tenureDays === undefined ? '' : ` (${tenureDays} days ago)`}`],
    ['Left', leftAt && paper.date(leftAt)],
    ['Last activity', lastActivityAt && paper.date(lastActivityAt)],
    ...member.consents.map(({ purpose, given, at, source, wording }): [string, string] => [
      given ? 'Consents to' : 'Declined',
      `${purpose} (${[paper.date(at), `from ${source}`, ...(wording ? [`text ${plain(wording)}`] : [])].join(', ')})`,
    ]),
    ['Written to in', member.preferences?.language],
    ['Pause until', member.preferences?.pausedUntil && paper.date(member.preferences.pausedUntil)],
  ];
  paper.line(plain(member.member), 'bold');
  paper.table(
    facts.flatMap(([name, value]) => (value ? [[{ text: name, style: 'dim' }, value] satisfies Cell[]] : [])),
    '  ',
  );
  paper.line();
  paper.table(
    member.scores.map(({ title, value, band = '' }) => [
      title,
      { text: paper.number(value), style: 'bold', right: true },
      { text: band, style: 'dim' },
    ]),
    '  ',
  );
  for (const { title, stageTitle, since, byModel, because, atRisk, reasons, nextStep } of member.journeys) {
    paper.line();
    const how = byModel === undefined ? '' : `, moved there by version ${byModel} of the model`;
    paper.line(`  ${plain(title)}: ${plain(stageTitle)}, since ${paper.date(since)}${how}`, atRisk ? 'yellow' : 'bold');
    for (const { words } of because) paper.line(`    ${plain(words)}`, 'dim');
    for (const reason of reasons) paper.line(`    · ${plain(reason)}`);
    if (nextStep) paper.line(`    → ${plain(nextStep)}`);
  }
};

type Listing = { stage: string; journey?: string; limit: string };

const list = async ({ api, json, print, paper }: Desk, { stage, journey, limit }: Listing): Promise<void> => {
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1) throw new Trouble('--limit takes a whole number, 1 or more.');
  const members: MemberList['members'] = [];
  let next: string | undefined;
  do {
    const query = new URLSearchParams({ stage, limit: String(Math.min(200, most)) });
    if (journey) query.set('journey', journey);
    if (next) query.set('cursor', next);
    const page: MemberList = await api().ask(MemberList, `/v1/members?${query}`);
    members.push(...page.members);
    next = page.next;
  } while (next && members.length < most);
  const shown = members.slice(0, most);
  if (json) return print({ members: shown });
  if (shown.length === 0) return paper.line('Nobody is in this stage.');
  paper.table(
    shown.map(({ member, since, lastActivityAt, scores }) => [
      { text: member, style: 'bold' },
      `since ${paper.date(since)}`,
      lastActivityAt ? `last activity ${paper.date(lastActivityAt)}` : '',
      Object.entries(scores)
        .map(([score, value]) => `${score} ${paper.number(value)}`)
        .join(', '),
    ]),
  );
  if (next || members.length > most) paper.line(`There are more than ${most}; see --limit.`, 'dim');
};

const told = (entry: TimelineEntry): { what: string; more: string } => {
  switch (entry.kind) {
    case 'event': {
      const points = entry.points.map(({ title, points, counted }) =>
        counted ? `${title} ${points > 0 ? '+' : ''}${points}` : `${title}: not counted`,
      );
      return { what: entry.type, more: entry.takenBack ? 'taken back by its source' : points.join(', ') };
    }
    case 'transition': {
      const why = entry.because.map(({ words }) => plain(words)).join('; ');
      return {
        what: `${entry.journey}:`,
        more: `${entry.from ?? '–'} → ${entry.to ?? '–'}${why === '' ? '' : ` (${why})`}`,
      };
    }
    case 'mail':
      return { what: entry.what, more: [entry.state, entry.why ?? entry.became].filter((one) => one).join(', ') };
    default:
      return unreachable(entry);
  }
};

const styles = { event: {}, transition: { style: 'yellow' }, mail: { style: 'green' } } as const;

const timeline = async ({ api, json, print, paper, memberPath }: Desk, id: string, limit: string): Promise<void> => {
  const found = await api().ask(Timeline, memberPath(id, '/timeline', { limit }));
  if (json) return print(found);
  paper.table(
    found.entries.map((entry) => {
      const { what, more } = told(entry);
      return [{ text: paper.date(entry.at), style: 'dim' }, { text: what, ...styles[entry.kind] }, more];
    }),
  );
  if (found.next) paper.line('There is more before that; see --limit.', 'dim');
};

const exportAll = async ({ api, print, memberPath }: Desk, id: string): Promise<void> => {
  const records: MemberExport['records'] = [];
  let page: MemberExport | undefined;
  do {
    page = await api().ask(
      MemberExport,
      memberPath(id, '/export', page?.next === undefined ? {} : { cursor: page.next }),
    );
    records.push(...page.records);
  } while (page.next !== undefined);
  print({ member: page.member, asOf: page.asOf, records });
};

const erase = async ({ api, json, print, paper, memberPath }: Desk, id: string, yes: boolean): Promise<void> => {
  const found = yes
    ? await api().ask(Erasure, memberPath(id), { method: 'DELETE' })
    : await api().ask(Erasure, memberPath(id, '/erasure'));
  if (json) return print(found);
  const { events, mails, others, quarantined } = found;
  const items = `${events} events, ${mails} mails, ${others} others, ${quarantined} in quarantine`;
  if (yes)
    return paper.line(`Erased in a moment: ${items}. What they said no to stays, where nobody can read whose it is.`);
  paper.line(`Would be erased: ${items}.`);
  paper.line('Nothing has been erased yet: say it again with --yes. It cannot be undone.', 'yellow');
};

export const memberCommands: Adds = (program, desk) => {
  const member = program.command('member').description('members and leads');
  member
    .command('show <id>')
    .description('where a member stands now')
    .action((id: string) => show(desk(), id));
  member
    .command('list')
    .description('who is in a stage')
    .requiredOption('--stage <stage>', 'the stage, for example at-risk')
    .option('--journey <journey>', 'the journey, where several have such a stage')
    .option('--limit <number>', 'how many at most', '50')
    .action((options: Listing) => list(desk(), options));
  member
    .command('export <id>')
    .description('all that is stored of a member, as JSON')
    .action((id: string) => exportAll(desk(), id));
  member
    .command('erase <id>')
    .description('erase all that is known of a member; without --yes it only says what that is')
    .option('--yes', 'do it', false)
    .action((id: string, { yes }: { yes: boolean }) => erase(desk(), id, yes));
  program
    .command('timeline <id>')
    .description('what happened to a member, what it changed, what was sent')
    .option('--limit <number>', 'how many entries', '100')
    .action((id: string, { limit }: { limit: string }) => timeline(desk(), id, limit));
};
