import type { Command } from 'commander';
import { Preview, PreviewGone, type PreviewResult } from '../../../shared/api/previews.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { follow } from './follow.ts';
import { publishDocument, readModelFile } from './model-file.ts';
import { writePreview } from './preview-tables.ts';

type Options = { readonly against: string; readonly fresh: boolean; readonly cancel: boolean };

/** How far it looks back unless it is told otherwise. */
const MONTHS = 6;

const monthsIn = (against: string): number => {
  const months = Number(/^last-months=(\d+)$/.exec(against)?.[1]);
  if (months >= 1 && months <= 24) return months;
  throw new Trouble('--against takes 1 to 24 months, for example --against last-months=6.');
};

const done = (desk: Desk, first: Preview, again: () => Promise<Preview>): Promise<PreviewResult> =>
  follow(desk, { first, schema: Preview, path: `/v1/previews/${first.id}`, again });

/** What a model would change for everybody. Of what was reckoned within the last hour it is not reckoned again. */
export const previewOf = async (
  desk: Desk,
  ask: (more?: object) => Promise<Preview>,
): Promise<{ readonly preview: Preview; readonly result: PreviewResult }> => {
  const preview = await ask();
  return { preview, result: await done(desk, preview, ask) };
};

/** Has a model previewed. */
export const askFor =
  (desk: Desk, model: unknown, lastMonths = MONTHS) =>
  (more: object = {}): Promise<Preview> =>
    desk.api().ask(Preview, '/v1/previews', { method: 'POST', body: { model, lastMonths, ...more } });

const preview = async (desk: Desk, file: string, { against, fresh, cancel }: Options): Promise<void> => {
  const { api, json, print, paper } = desk;
  const lastMonths = monthsIn(against);
  const { document } = readModelFile(desk, file, 'Not previewed');
  const send = askFor(desk, document.value, lastMonths);
  const ask = (more: object = {}) => publishDocument(desk, file, document, () => send(more));
  const begun = await ask({ fresh });
  if (cancel) {
    const gone = await api().ask(PreviewGone, `/v1/previews/${begun.id}`, { method: 'DELETE' });
    return json ? print(gone) : paper.line('Cancelled, and forgotten.');
  }
  if (!json && !begun.result) {
    desk.world.complain('It goes on without this window, too: the same command shows it again. --cancel ends it.\n');
  }
  const result = await done(desk, begun, ask);
  if (json) print({ ...begun, state: 'done', stalled: false, result });
  else writePreview(paper, begun, result);
};

export const addPreview = (model: Command, desk: () => Desk): void => {
  model
    .command('preview <file>')
    .description('show what a draft would change for everybody; publishes nothing, writes to nobody')
    .option('--against <months>', 'what would have happened in so many months', `last-months=${MONTHS}`)
    .option('--fresh', 'reckon anew, even if the same was asked within the last hour', false)
    .option('--cancel', 'cancel it, and forget what it has found', false)
    .action((file: string, options: Options) => preview(desk(), file, options));
};
