import { randomBytes } from 'node:crypto';
import type { Model } from '../../shared/scoring/model.ts';
import { type Clock, openClock } from './clock.ts';
import { closers, type Later } from './closers.ts';
import { type Connection, localKey, removeConnection, writeConnection } from './connection.ts';
import { control } from './control/control.ts';
import type { DataFolder } from './data-folder.ts';
import { issueToken } from './front-door/authorizer.ts';
import { type EarlyDoor, earlyDoor } from './front-door/early-door.ts';
import { frontDoor } from './front-door/front-door.ts';
import { loadSample } from './load-sample.ts';
import { type Machinery, startMachinery } from './machinery.ts';
import type { Options } from './options.ts';
import { type Services, startServices } from './services.ts';
import { assemble } from './synthesis.ts';

export type Surroundings = {
  /** Hears of errors in functions, a line each. */
  readonly tell: (line: string) => void;
  /** The time zone of whoever reads the mailbox, by its IANA name. */
  readonly zone: string;
};

export type LocalCloud = {
  readonly connection: Connection;
  readonly now: () => number;
  /** Whether the sample organisation was brought in just now. */
  readonly sampleLoaded: boolean;
  /** The model in force. */
  readonly model: Model;
  /** The organisation's, by its IANA name. */
  readonly zone: string;
  /** Settles when an emulator has gone by itself: then nothing works any more. */
  readonly broken: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Opens the door to the stack, and to `control` behind a path that nobody can guess. */
const openDoors = async (
  entrance: EarlyDoor,
  { data }: Options,
  { blueprint, queues, mailFaults }: Services,
  machinery: Machinery,
  clock: Clock,
) => {
  const { invoke, ...inside } = machinery;
  const key = localKey(data);
  const path = `/_local/${randomBytes(16).toString('hex')}`;
  const door = frontDoor({ routes: blueprint.routes, invoke, key, now: clock.now });
  const helm = control({ ...inside, data, queues, mailFaults, now: clock.now });
  entrance.open((request, response) => (request.url?.startsWith(path) ? helm : door)(request, response));
  const { address } = entrance;
  const jwt = blueprint.routes.find((route) => route.jwt)?.jwt;
  const token = jwt ? await issueToken(jwt, key, clock.now()) : '';
  return { api: address, control: address + path, token };
};

/** As the functions are told it. */
const zoneIn = ({ functions }: Services['blueprint']): string =>
  functions.find(({ environment }) => environment.TIME_ZONE)?.environment.TIME_ZONE ?? 'UTC';

const start = async (
  options: Options,
  { tell, zone }: Surroundings,
  later: Later,
): Promise<Omit<LocalCloud, 'stop'>> => {
  const { data } = options;
  const clock = openClock(data, Date.now);
  const { folder, template } = await assemble(options.settings);
  const entrance = await earlyDoor(options.port);
  later(entrance.close);
  const services = await startServices(template, { ...options, clock, zone, door: entrance.address }, later);
  const machinery = startMachinery(services, { data, folder, clock, tell }, later);
  const doors = await openDoors(entrance, options, services, machinery, clock);
  later(entrance.shut);
  const { source, loaded, model } = await loadSample(doors.api, doors.token, data);
  const connection = { ...doors, mailbox: services.mailbox, data, source };
  writeConnection(connection);
  later(() => removeConnection(data));
  const { broken, blueprint } = services;
  return { connection, now: clock.now, sampleLoaded: loaded, model, zone: zoneIn(blueprint), broken };
};

/**
 * Starts the synthesised stack on loopback, ready for requests, in a data folder that is this process's own.
 * Throws Trouble; then nothing is left running.
 */
export const startCloud = async (
  options: Options,
  folder: DataFolder,
  surroundings: Surroundings,
): Promise<LocalCloud> => {
  const { later, closeAll } = closers();
  later(folder.release);
  try {
    return { ...(await start(options, surroundings, later)), stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
};
