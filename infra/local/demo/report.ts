import type { Outcome } from './outcome.ts';

export type Report = Outcome & {
  /** Kind of mail → how many were sent. */
  readonly mails: Readonly<Record<string, number>>;
  /** How many wait for a decent hour, or for a cap. */
  readonly held: number;
  /** Commits of the days lived that folded onto the snapshot, and those that folded the whole ledger. */
  readonly commits: { readonly fast: number; readonly slow: number };
  readonly mailbox: string;
};

const heading = (text: string): string => `\n${text}\n${'─'.repeat(text.length)}`;

const columns = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const share = ({ fast, slow }: Report['commits']): string =>
  fast + slow === 0 ? 'none' : `${((100 * fast) / (fast + slow)).toFixed(1)} % of ${fast + slow} commits`;

/** What became of the made-up organisation, in lines for a terminal. */
export const reportLines = ({ journeys, atRisk, mails, held, commits, mailbox }: Report): readonly string[] => {
  const stand = journeys.flatMap(({ stages }) => stages).reduce((sum, { people }) => sum + people, 0);
  const kinds = Object.entries(mails)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    heading(`Where ${stand} people stand`),
    ...journeys.flatMap(({ title, stages }) => [
      `  ${title}`,
      ...columns(stages.map(({ title, people }) => [`  ${title}`, String(people).padStart(4)])),
    ]),
    heading('Mails sent in the last six weeks'),
    ...columns(kinds.map(([kind, count]) => [kind, String(count).padStart(4)])),
    heading(`Who is slipping away (${atRisk.all}, the first ${atRisk.worst.length})`),
    ...atRisk.worst.flatMap(({ member, name, score, reasons }) => [
      `  ${name} (${member}), ${score.toFixed(1)} points`,
      ...reasons.map((reason) => `    ${reason}`),
    ]),
    heading('How it went'),
    ...columns([
      ['Scored without reading the whole history', share(commits)],
      ...(held > 0
        ? [['Letters that wait for a decent hour', `${held}: npm run polku -- deliveries --held`] as const]
        : []),
      ['Read the mails and the digests at', mailbox],
      ['See where the points of somebody come from', `npm run polku -- explain ${atRisk.worst[0]?.member ?? 'ID'}`],
      ['Let more time pass', 'npm run polku -- clock +30d'],
    ]),
  ];
};
