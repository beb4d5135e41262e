import { Report, ReportGone } from '../../../shared/api/reports.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { follow } from './follow.ts';
import { writeReport } from './report-tables.ts';

export type ReportOptions = {
  readonly everything: boolean;
  readonly lang?: string;
  readonly fresh: boolean;
  readonly cancel: boolean;
};

/** Says whether a message helps, from what became of those who got it and of those who did not. */
export const reportMessage = async (desk: Desk, id: string | undefined, options: ReportOptions): Promise<void> => {
  const { api, json, print, paper, world } = desk;
  const { everything, lang, fresh, cancel } = options;
  if ((id === undefined) !== everything) throw new Trouble('Name a message, or ask with --everything about all.');
  const query = lang === undefined ? '' : `?${new URLSearchParams({ language: lang })}`;
  const asked = id === undefined ? {} : { message: id };
  const ask = (more: object = {}) =>
    api().ask(Report, `/v1/reports${query}`, { method: 'POST', body: { ...asked, ...more } });
  const first = await ask({ fresh });
  const path = `/v1/reports/${first.id}`;
  if (cancel) {
    const gone = await api().ask(ReportGone, path, { method: 'DELETE' });
    return json ? print(gone) : paper.line('Cancelled, and forgotten.');
  }
  if (!json && !first.result)
    world.complain('It goes on without this window, too: the same command shows it again. --cancel ends it.\n');
  const result = await follow(desk, { first, schema: Report, path: path + query, again: ask });
  if (json) return print({ ...first, state: 'done', stalled: false, result });
  writeReport(paper, first, result);
};
