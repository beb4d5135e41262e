import { inWords } from '../../../shared/api/problem.ts';
import { dayOf } from '../../../shared/kernel/calendar-period.ts';
import { localText } from '../../../shared/kernel/text.ts';
import { unreachable } from '../../../shared/kernel/unreachable.ts';
import { compileLetters } from '../../../shared/mailing/letters/compile-letters.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { type DiaryEntry, diary } from '../../../shared/simulate/diary.ts';
import { madeUpEvents } from '../../../shared/simulate/made-up-events.ts';
import { MemberFile } from '../../../shared/simulate/member-file.ts';
import { Trouble } from '../trouble.ts';
import type { Adds, Desk } from './command.ts';
import { readDocument } from './document.ts';
import { showFaults } from './model-file.ts';
import { modelOf } from './model-versions.ts';
import { type Cell, plain } from './paper.ts';
import { whyLater, whyNotSent } from './post-words.ts';

type Options = { readonly days: string; readonly model?: string };

const LONGEST = 3653;

const readMember = (desk: Desk, file: string): MemberFile => {
  const document = readDocument(desk.world, file);
  const read = MemberFile.safeParse(document.value);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => ({ path, message: inWords(message) }));
  return showFaults(desk, file, document, faults, 'Not simulated');
};

const said = ({ paper }: Desk, entry: DiaryEntry): readonly Cell[] => {
  switch (entry.kind) {
    case 'event': {
      const points = entry.points.map(
        ({ rule, points, cut }) => `${rule} ${points > 0 ? '+' : ''}${points}${cut ? ` (${cut})` : ''}`,
      );
      return [entry.type, { text: points.join(', '), style: 'dim' }];
    }
    case 'score':
      return [`score ${entry.score}`, `${paper.number(entry.before)} → ${paper.number(entry.after)}`];
    case 'stage':
      return [`journey ${entry.journey}`, { text: `${entry.from ?? '–'} → ${entry.to ?? '–'}`, style: 'bold' }];
    case 'message':
      return [
        `message ${entry.message}`,
        { text: entry.subject, style: 'green' },
        ...(entry.waited === undefined ? [] : [{ text: `sent ${whyLater(entry.waited)}`, style: 'dim' as const }]),
      ];
    case 'withheld':
      return [`message ${entry.message}`, `not sent: ${whyNotSent(entry.why)}`];
    case 'waiting':
      return [`message ${entry.message}`, `still waits, to be sent ${whyLater(entry.why)}`];
    case 'alert':
      return ['notice to the owner', { text: `${entry.journey}: ${entry.stage}`, style: 'yellow' }];
    default:
      return unreachable(entry);
  }
};

const write = (desk: Desk, entries: readonly DiaryEntry[]): void => {
  const { paper } = desk;
  const iso = (at: number) => new Date(at).toISOString();
  // The text of a message stands between two tables, so the columns are as wide as the widest of all.
  const rows = entries.map((entry) => ({
    entry,
    cells: [{ text: paper.date(iso(entry.at)), style: 'dim' as const }, ...said(desk, entry)],
  }));
  for (const [i, line] of paper.lines(rows.map(({ cells }) => cells)).entries()) {
    desk.world.write(`${line}\n`);
    const entry = rows[i]?.entry;
    if (entry?.kind !== 'message') continue;
    for (const text of entry.text.split('\n')) paper.line(`    │ ${plain(text)}`.trimEnd());
  }
};

const simulate = async (desk: Desk, file: string, { days: asked, model: draft }: Options): Promise<void> => {
  const days = Number(asked);
  if (!Number.isInteger(days) || days < 1 || days > LONGEST)
    throw new Trouble(`--days takes a whole number from 1 to ${LONGEST}.`);
  const person = readMember(desk, file);
  const model = await modelOf(desk, draft ?? 'current');
  const zone = model.timeZone;
  const today = dayOf(desk.world.now(), zone);
  const start = person.start ?? new Date(today * 86_400_000).toISOString().slice(0, 10);
  const span = { start, days, zone };
  const organisation = localText(model.title, undefined, 'en');
  const writer = { organisation, language: 'en', letters: await compileLetters(model) };
  const entries = diary({ model, compiled: compile(model) }, madeUpEvents(person, span), span, writer);
  if (desk.json)
    return desk.print({
      start,
      days,
      entries: entries.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })),
    });
  write(desk, entries);
};

export const simulateCommand: Adds = (program, desk) => {
  program
    .command('simulate <member-file>')
    .description('walk a made-up member through a model, day by day: scores, stages, messages')
    .option('--days <number>', 'for how many days', '400')
    .option('--model <file>', 'a draft; without it, the model in force')
    .action((file: string, options: Options) => simulate(desk(), file, options));
};
