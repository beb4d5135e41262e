import type { Command } from 'commander';
import * as z from 'zod';
import type { PreviewResult } from '../../../shared/api/previews.ts';
import { Notes, type Publishing } from '../../../shared/model/notes.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { paceFrom } from './pace.ts';
import { askFor, previewOf } from './preview-command.ts';
import { writeReach } from './preview-tables.ts';

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

/** Shows what announcing a model would do, before it does it. Answers with the gist of it, and with it all for a program. */
export const foretold = async (
  desk: Desk,
  model: unknown,
): Promise<{ readonly gist: string; readonly announcement: PreviewResult['announcement'] }> => {
  const { preview, result } = await previewOf(desk, askFor(desk, model));
  if (!desk.json) writeReach(desk.paper, preview, result);
  const { announcement } = result;
  const { members, alerts } = announcement;
  const notices = alerts.reduce((sum, { count }) => sum + count, 0);
  return {
    announcement,
    gist: `${members} ${members === 1 ? 'member' : 'members'} would be written to, and owners would get ${notices} ${notices === 1 ? 'notice' : 'notices'}.`,
  };
};

/**
 * Asks before anybody is written to.
 * @throws Trouble where the answer is not yes, or there is nobody to ask
 */
export const confirmed = async (
  desk: Desk,
  { announce, yes }: PublishOptions,
  model: () => Promise<unknown>,
): Promise<void> => {
  if (!announce || yes) return;
  const { gist } = await foretold(desk, await model());
  if (await desk.world.confirm(`${gist} Publish and announce?`)) return;
  throw new Trouble('Nothing was published. To announce without being asked, add --yes.');
};
