import { createHash } from 'node:crypto';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { wireAdmin } from '../../functions/admin/wiring.ts';
import { wireDeliver } from '../../functions/deliver/wiring.ts';
import { wireDigest } from '../../functions/digest/wiring.ts';
import { wireFeedback } from '../../functions/feedback/wiring.ts';
import { wireIngest } from '../../functions/ingest/wiring.ts';
import { wireLookup } from '../../functions/lookup/wiring.ts';
import { wirePreferences } from '../../functions/preferences/wiring.ts';
import { wireScore } from '../../functions/score/wiring.ts';
import { wireSweep } from '../../functions/sweep/wiring.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { secretFrom } from '../../shared/webhooks/secret.ts';
import { queueUrls, tableNames } from './names.ts';

type Handler<Event, Answer> = (event: Event, context: Context) => Promise<Answer>;
export type HttpHandler = Handler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
export type QueueHandler = Handler<SQSEvent, SQSBatchResponse | null>;
export type ScheduledHandler = Handler<unknown, void>;

/** A world, and whether the stack in it follows whoever agrees to that in their mails. */
export type Place = World & { readonly follows?: boolean };

/** The functions of the stack, to be put in any world. */
export type Wiring = {
  readonly ingest: (outside: World) => HttpHandler;
  readonly score: (outside: World) => QueueHandler;
  readonly sweep: (outside: World) => ScheduledHandler;
  readonly deliver: (outside: Place) => QueueHandler;
  readonly digest: (outside: World) => ScheduledHandler;
  readonly feedback: (outside: World) => QueueHandler;
  readonly lookup: (outside: World) => HttpHandler;
  readonly admin: (outside: World) => HttpHandler;
  readonly preferences: (outside: Place) => HttpHandler;
};
export type FunctionName = keyof Wiring;

export const ZONE = 'Europe/Helsinki';

export const settings = {
  ...tableNames,
  ORGANISATION: 'Klubi',
  LANGUAGE: 'en',
  TIME_ZONE: ZONE,
  SENDER: 'polku@example.org',
  CONFIGURATION_SET: 'mail-configuration',
  TRACKING_CONFIGURATION_SET: '',
  MAILS_PER_SECOND: 14,
  MAILS_PER_DAY: 50_000,
  PUBLIC_ADDRESS: 'https://polku.example.org',
  EVERY_MINUTES: 5,
  ACTIVITY_QUEUE_URL: queueUrls.activity,
  EFFECTS_QUEUE_URL: queueUrls.effects,
  FEEDBACK_QUEUE_URL: queueUrls.feedback,
  PREVIEW_STATE_MACHINE: '',
  TRACKING: 'off' as const,
};

/** The configuration set of mails whose reader may be followed. */
export const TRACKING_SET = 'followed-mails';

/** The settings of a stack that follows, or of one that does not. */
export const settingsIn = ({ follows = false }: Place) =>
  follows ? { ...settings, TRACKING_CONFIGURATION_SET: TRACKING_SET, TRACKING: 'on' as const } : settings;

/** Nobody listens. */
export const quiet: Observing = {
  log: { info: () => {}, warn: () => {}, error: () => {} },
  metrics: { count: () => {}, publish: () => {} },
};

/** Another one each time, and the same in each run. */
const newSecret = ({ newToken }: World): string =>
  secretFrom((size) => createHash('sha256').update(newToken()).digest().subarray(0, size));

/** As they are wired in the cloud. */
export const realWiring: Wiring = {
  ingest: (outside) => wireIngest(settings, outside, quiet),
  score: (outside) => wireScore(settings, outside, quiet),
  sweep: (outside) => wireSweep(settings, outside, quiet),
  deliver: (outside) => wireDeliver(settingsIn(outside), outside, quiet),
  digest: (outside) => wireDigest(settings, outside, quiet),
  feedback: (outside) => wireFeedback(settings, outside, quiet),
  lookup: (outside) => wireLookup(settings, outside, quiet),
  preferences: (outside) => wirePreferences(settingsIn(outside), outside, quiet),
  admin: (outside) => wireAdmin(settings, { ...outside, newSecret: () => newSecret(outside) }, quiet),
};

/** No time left to ask for: then nothing around a handler starts a timer of its own. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'simulated',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-north-1:000000000000:function:simulated',
  memoryLimitInMB: '512',
  awsRequestId: 'request',
  logGroupName: '/simulated',
  logStreamName: 'simulated',
  getRemainingTimeInMillis: () => 0,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
Reflect.deleteProperty(context, 'getRemainingTimeInMillis');
