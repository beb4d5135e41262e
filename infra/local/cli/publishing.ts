import type { Command } from 'commander';
import * as z from 'zod';
import { RescoreList } from '../../../shared/api/rescores.ts';
import { Notes, type Publishing } from '../../../shared/model/notes.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { paceFrom } from './pace.ts';

/** As they were typed. */
export type PublishOptions = {
  readonly author?: string;
  readonly hypothesis?: string;
  readonly review?: string;
  readonly announce: boolean;
  readonly yes: boolean;
  readonly rescore: boolean;
  readonly pace?: string;
};

/** What may be said about a version when it is published, and how it shall come into force. */
export const withPublishing = (command: Command): Command =>
  command
    .option('--author <name>', 'who publishes it')
    .option('--hypothesis <sentence>', 'what the change is hoped to bring about')
    .option('--review <date>', 'when to look whether it did, for example 2027-03-01')
    .option('--announce', 'write to whomever the model itself moves to another stage, and to their owners', false)
    .option('--yes', 'do not ask before announcing', false)
    .option('--no-rescore', 'leave silent members as they are until something happens')
    .option('--pace <members>', 'how many silent members a minute are brought along');

const Day = z.iso.date();

/** The notes as they were typed. Throws Trouble where one cannot be kept. */
const notesFrom = ({ author, hypothesis, review }: PublishOptions): Notes => {
  if (review !== undefined && !Day.safeParse(review).success)
    throw new Trouble('The review needs a date, for example --review 2027-03-01.');
  const read = Notes.safeParse({ author, hypothesis, review });
  if (read.success) return read.data;
  const [fault] = read.error.issues;
  throw new Trouble(`The ${String(fault?.path[0] ?? 'note')} cannot be kept: ${fault?.message ?? 'it is not valid'}.`);
};

/** What is sent along with the model. Throws Trouble where an option is not valid. */
export const publishingFrom = (options: PublishOptions): Publishing => ({
  ...notesFrom(options),
  ...(options.announce ? { announce: true } : {}),
  ...(options.rescore ? {} : { rescore: false }),
  ...(options.rescore && options.pace !== undefined ? { rescore: { pace: paceFrom(options.pace) } } : {}),
});

/** How many people an announcement could reach, in a sentence. */
export const reachOf = async (desk: Desk): Promise<string> => {
  const { members } = await desk.api().ask(RescoreList, '/v1/rescores');
  return `${members} ${members === 1 ? 'member is' : 'members are'} looked at under the new model. Whomever it moves to another stage gets that stage's message now, and owners get the alerts.`;
};

/** Asks before anybody is written to. Throws Trouble where the answer is not yes, or there is nobody to ask. */
export const confirmed = async (desk: Desk, { announce, yes }: PublishOptions): Promise<void> => {
  if (!announce || yes) return;
  if (await desk.world.confirm(`${await reachOf(desk)} Publish and announce?`)) return;
  throw new Trouble('Nothing was published. To announce without being asked, add --yes.');
};
