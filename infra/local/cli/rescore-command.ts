import type { Command } from 'commander';
import { ShownRescore } from '../../../shared/api/rescores.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { paceFrom } from './pace.ts';

type Options = { readonly pace?: string; readonly watch: boolean };

const CURRENT = '/v1/rescores/current';
/** How often to look how far it is, ms. */
const EVERY = 5000;

const endings: Readonly<Record<ShownRescore['state'], string>> = {
  running: '',
  paused: ' It is paused.',
  cancelled: ' It was cancelled: the others follow when something happens.',
  done: ' It is done.',
  stalled: ' The others do not follow: look for what failed, then run `model rescore` again.',
  superseded: ' Another version is in force.',
};

/** Who turns up while a version comes into force is behind as well: there may be more left than there were. */
const followed = ({ total, behind }: ShownRescore): number => Math.max(0, total - behind);

const sentence = (rescore: ShownRescore): string => {
  const { version, state, total, behind, pace } = rescore;
  const left = behind === 0 ? 'nobody is left' : `${behind} ${behind === 1 ? 'is' : 'are'} left`;
  const going = state === 'running' && behind > 0 ? `, at ${pace} a minute` : '';
  return `Version ${version}: ${followed(rescore)} of ${total} members have followed, ${left}${going}.${endings[state]}`;
};

const show = ({ json, print, paper }: Desk, rescore: ShownRescore): void => {
  if (json) print(rescore);
  else paper.line(sentence(rescore));
};

/** Follows it until it is no longer running. It goes on whether somebody watches or not. */
const follow = async (desk: Desk, first: ShownRescore): Promise<ShownRescore> => {
  const { world, api } = desk;
  const bar = world.progress(`Version ${first.version}`, first.total);
  let rescore = first;
  while (rescore.state === 'running' && rescore.behind > 0) {
    bar.at(followed(rescore));
    await world.wait(EVERY);
    rescore = await api().ask(ShownRescore, `/v1/rescores/${first.version}`);
  }
  bar.end(followed(rescore));
  return rescore;
};

const requests = {
  start: { path: '/v1/rescores', method: 'POST', body: {} },
  status: { path: CURRENT, method: 'GET', body: undefined },
  pause: { path: CURRENT, method: 'PATCH', body: { state: 'paused' } },
  resume: { path: CURRENT, method: 'PATCH', body: { state: 'running' } },
  cancel: { path: CURRENT, method: 'DELETE', body: undefined },
} as const;

const isWish = (text: string): text is keyof typeof requests => Object.hasOwn(requests, text);

const rescore = async (desk: Desk, what: string, { pace, watch }: Options): Promise<void> => {
  if (!isWish(what)) throw new Trouble('Say `model rescore`, or with status, pause, resume or cancel after it.');
  const { path, method, body } = requests[what];
  if (pace !== undefined && body === undefined) throw new Trouble('A pace goes with starting, pausing or resuming.');
  const more = pace === undefined ? {} : { pace: paceFrom(pace) };
  const found = await desk
    .api()
    .ask(ShownRescore, path, { method, ...(body === undefined ? {} : { body: { ...body, ...more } }) });
  show(desk, watch && !desk.json ? await follow(desk, found) : found);
};

export const addRescore = (model: Command, desk: () => Desk): void => {
  model
    .command('rescore [what]')
    .description('bring silent members to the model in force: start, status, pause, resume or cancel')
    .option('--pace <members>', 'how many a minute')
    .option('--watch', 'follow it until nobody is left', false)
    .action((what = 'start', options: Options) => rescore(desk(), what, options));
};
