import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, Trouble } from './trouble.ts';

export type Options = {
  readonly port: number;
  /** Absolute. */
  readonly data: string;
  readonly fresh: boolean;
  readonly dynamodb?: string;
  /** Absolute: where the settings of an organisation lie; left out, those of cdk.json. */
  readonly settings?: string;
};

export const HELP = `npm start [-- options]
  --port NUMBER    port of the front door (4400); the mailbox takes the next one; 0: any free ones
  --data FOLDER    where everything is kept (.polku)
  --fresh          forget what is there and begin anew
  --settings FILE  run the organisation of this file (JSON) instead of that of cdk.json
  --dynamodb URL   use this DynamoDB endpoint instead of the built-in one`;

const flags = {
  port: { type: 'string', default: '4400' },
  data: { type: 'string', default: '.polku' },
  fresh: { type: 'boolean', default: false },
  dynamodb: { type: 'string' },
  settings: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    throw new Trouble(`${messageOf(error).split('. ')[0]}: see \`npm start -- --help\`.`);
  }
};

/** The command line as options; undefined where help was asked for. Throws Trouble. */
export const readOptions = (args: readonly string[]): Options | undefined => {
  const { port, data, fresh, dynamodb, settings, help } = parsed(args);
  if (help) return undefined;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_534) {
    throw new Trouble(`"${port}" is no port: give --port a number from 0 to 65534.`);
  }
  if (data === '') throw new Trouble('The data folder has no name: give --data a folder.');
  if (dynamodb !== undefined && !/^https?:$/.test(URL.parse(dynamodb)?.protocol ?? '')) {
    throw new Trouble('--dynamodb is no address: write for example --dynamodb http://127.0.0.1:8000.');
  }
  return {
    ...{ port: Number(port), data: resolve(data), fresh },
    ...(dynamodb === undefined ? {} : { dynamodb }),
    ...(settings === undefined ? {} : { settings: resolve(settings) }),
  };
};
