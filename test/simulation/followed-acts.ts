import { createHash } from 'node:crypto';
import type { SentMail } from './cloud/mail.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';

/** What was done with a mail at an instant, epoch ms. `key`: the same for each time that it is opened or a link followed. */
export type FollowedAct = {
  readonly kind: 'open' | 'click';
  readonly at: number;
  readonly tag: string;
  /** The open of the mail, or its link as the claim names it. */
  readonly key: string;
  /** Whether whoever did it says to be a machine. */
  readonly isRobot: boolean;
};
export type PostedAct = FollowedAct & { readonly postedAt: number };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const READER = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11.0';
const ROBOTS = ['Mimecast Link Scanner', 'curl/8.4', ''];
const LINKS = ['https://example.org/spring?who=1', 'https://example.org/spring?who=2', 'https://example.org/'];

type Done = { readonly link: string | undefined; readonly at: number; readonly userAgent: string };

const nameOf = (link: string): string => createHash('sha256').update(link).digest('base64url').slice(0, 11);

/** What persons and machines do with a mail that was sent at an instant. */
const drawActs = (sentAt: number, { chance, pick, below, between }: Random): Done[] => {
  const done: Done[] = [];
  const act = (link: string | undefined, at: number, userAgent = READER) => void done.push({ link, at, userAgent });
  const all = (at: number, userAgent = READER) => {
    for (const link of LINKS) act(link, at + below(2 * SECOND), userAgent);
    if (chance(0.5)) act(undefined, at + below(SECOND), userAgent);
  };
  if (chance(0.3)) all(sentAt + below(50 * SECOND));
  if (chance(0.3)) all(sentAt + between(2 * MINUTE, 5 * HOUR), pick([READER, READER, ...ROBOTS]));
  if (chance(0.2)) act(pick([undefined, ...LINKS]), sentAt + between(2 * MINUTE, 5 * HOUR), pick(ROBOTS));
  const times = chance(0.8) ? between(1, 5) : 0;
  for (let i = 0; i < times; i++)
    act(pick([undefined, ...LINKS]), sentAt + between(MINUTE, pick([50, 50, 500]) * HOUR));
  return done;
};

/** What SES tells of what was done with a mail: some of it never, late or twice, and in any order. */
export const actsOf = (
  { id, at, to, tags }: SentMail,
  chance: Random,
  faults: Faults,
): { readonly act: FollowedAct; readonly after: number; readonly body: string }[] =>
  drawActs(at, chance).flatMap(({ link, at: happened, userAgent }) => {
    if (faults.strike('report-lost')) return [];
    const late = faults.strike('report-late');
    const after = happened - at + (late ? late.between(HOUR / 6, 72 * HOUR) : chance.pick([0, 0, SECOND, 90 * SECOND]));
    const timestamp = new Date(happened).toISOString();
    const detail = link === undefined ? { open: { timestamp, userAgent } } : { click: { timestamp, userAgent, link } };
    const mail = { messageId: id, timestamp: new Date(at).toISOString(), destination: to, tags: { mail: [tags.mail] } };
    const body = JSON.stringify({ eventType: link === undefined ? 'Open' : 'Click', mail, ...detail });
    const act: FollowedAct = {
      kind: link === undefined ? 'open' : 'click',
      at: happened,
      tag: tags.mail ?? '',
      key: link === undefined ? 'open' : nameOf(link),
      isRobot: userAgent !== READER,
    };
    const report = { act, after, body };
    const twice = faults.strike('duplicate');
    return twice ? [report, { ...report, after: after + twice.pick([0, SECOND, 5 * HOUR]) }] : [report];
  });
