import { configStore } from '../../shared/aws/config-store.ts';
import { CONFIG } from '../../shared/aws/keys.ts';
import type { World } from '../../shared/aws/world.ts';
import { plainLetters } from '../support/plain-letters.ts';
import type { Cloud } from './cloud.ts';
import type { Document } from './document.ts';
import type { Findings } from './finding.ts';
import { modelOf } from './models.ts';
import { tableNames } from './names.ts';
import { membersIn, modelsIn } from './records.ts';

/** Members a minute. */
const PACE = 1;

const isLoudNumber = (model: number): boolean => model % 3 === 0;

/** Whether a model was published to tell what it changes by itself. */
export const isLoud = ({ title }: Document): boolean => isLoudNumber(Number(String(title).split(' ').at(-1)));

/** Publishes one of the models as staff do: silent members are brought along. */
export const publisher = ({ dynamodb, now }: Pick<World, 'dynamodb' | 'now'>) => {
  const { publishModel, startRescore } = configStore({ client: dynamodb, table: tableNames.CONFIG_TABLE, now });
  return async (number: number): Promise<number> => {
    const entry = { publishedAt: now(), ...(isLoudNumber(number) ? { announce: true } : {}) };
    return publishModel(modelOf(number), plainLetters(modelOf(number)), entry, (version) =>
      startRescore({ version, pace: PACE, total: 0 }, now()),
    );
  };
};

/** How the rescore of the model in force stands; undefined where it has none. */
export const rescoreState = (cloud: Cloud): string | undefined => {
  const { current } = modelsIn(cloud);
  const rows = cloud.tables.items(tableNames.CONFIG_TABLE).filter(({ pk }) => pk?.S === CONFIG.rescores);
  return rows.find(({ version }) => Number(version?.N) === current)?.state?.S;
};

/** Nobody may be left behind by a rescore that is done. */
export const checkBroughtAlong = ({ demand }: Pick<Findings, 'demand'>, cloud: Cloud): void => {
  if (rescoreState(cloud) !== 'done') return;
  const { current } = modelsIn(cloud);
  for (const { member, snapshot } of membersIn(cloud)) {
    const model = snapshot?.madeBy.model ?? current;
    demand(model === current, 'left-behind', () => `${member} is of model ${model}, not ${current}`);
  }
};
