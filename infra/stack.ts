import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import {
  ADDRESS_PREFIX,
  BUDGET_PREFIX,
  CONFIG,
  DIGESTS,
  DOUBT_INDEX,
  DUE_INDEX,
  EXPIRY,
  MODEL_INDEX,
  PARTITION,
  PREVIEWS,
  QUARANTINE,
  RATES_PREFIX,
  SORT,
  STAGE_INDEX,
  TAG_INDEX,
  TOMBSTONE_PREFIX,
} from '../shared/aws/keys.ts';
import { counted } from './constructs/counted.ts';
import { DurableTable } from './constructs/durable-table.ts';
import { FrontDoor } from './constructs/front-door.ts';
import { Mail } from './constructs/mail.ts';
import { OnCall } from './constructs/on-call.ts';
import { Overview } from './constructs/overview.ts';
import { PolkuFunction } from './constructs/polku-function.ts';
import { PreviewRun } from './constructs/preview-run.ts';
import { QueueWorker } from './constructs/queue-worker.ts';
import { ScheduledFunction } from './constructs/scheduled-function.ts';
import { routes } from './routes.ts';
import type { Settings } from './settings.ts';

const MEMBERS = 'member#*';
const TOMBSTONES = `${TOMBSTONE_PREFIX}*`;
const ADDRESSES = `${ADDRESS_PREFIX}*`;
const BUDGET = `${BUDGET_PREFIX}*`;
const RATES = `${RATES_PREFIX}*`;

const SWEEP_EVERY = Duration.minutes(5);

/** The way of the data, from a source's webhook to a mail and a name on the digest. */
export class Polku extends Stack {
  constructor(scope: Construct, id: string, { organisation, mail, staffLogin, alarms, ...settings }: Settings) {
    super(scope, id, { env: { region: settings.region }, description: `Polku for ${organisation.name}` });

    const calls = new OnCall(this, 'OnCall', alarms);
    const all = { calls, reserveConcurrency: settings.reserveConcurrency };
    const members = new DurableTable(this, 'Members', {
      indexes: [
        { ...DUE_INDEX, sortType: AttributeType.NUMBER },
        { ...STAGE_INDEX, sortType: AttributeType.STRING },
        { ...TAG_INDEX, sortType: AttributeType.STRING },
        { ...DOUBT_INDEX, sortType: AttributeType.STRING },
        { ...MODEL_INDEX, sortType: AttributeType.NUMBER },
      ],
      expiry: EXPIRY,
    });
    const config = new DurableTable(this, 'Config', { expiry: EXPIRY });
    const letters = new Mail(this, 'Mail', { ...mail, calls });
    const voice = {
      ORGANISATION: organisation.name,
      LANGUAGE: organisation.language,
      TIME_ZONE: organisation.timeZone,
      SENDER: mail.sender,
      CONFIGURATION_SET: letters.configuration(),
      MAILS_PER_SECOND: String(mail.perSecond),
      MAILS_PER_DAY: String(mail.perDay),
    };

    const door = new FrontDoor(this, 'FrontDoor', {
      staffLogin,
      calls,
      errorImpact: 'Sources are turned away, and staff see nothing.',
    });
    const publicAddress = settings.publicAddress ?? door.api.apiEndpoint;

    const deliver = new QueueWorker(this, 'Deliver', {
      runs: 'deliver',
      takes: 'effects',
      errorImpact: 'Members do not get the message of their stage, and owners are not told who is slipping away.',
      ...all,
      batch: { size: 10, window: Duration.seconds(0) },
      atOnce: 2,
      settings: {
        ...voice,
        MEMBERS_TABLE: members.for(
          {
            partitions: [MEMBERS],
            may: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
          },
          { partitions: [DIGESTS], may: ['GetItem', 'UpdateItem'] },
          { partitions: [TOMBSTONES], may: ['BatchGetItem'] },
          { partitions: [ADDRESSES], may: ['Query'] },
          { partitions: [RATES], may: ['UpdateItem'] },
          { partitions: [BUDGET], may: ['BatchGetItem', 'UpdateItem'] },
        ),
        CONFIG_TABLE: config.for(
          { partitions: [CONFIG.models, CONFIG.staff, CONFIG.mail], may: ['GetItem'] },
          { partitions: [CONFIG.keys], may: ['GetItem', 'PutItem'] },
        ),
        TRACKING_CONFIGURATION_SET: letters.tracking(),
        PUBLIC_ADDRESS: publicAddress,
      },
    });

    const score = new QueueWorker(this, 'Score', {
      runs: 'score',
      takes: 'activity',
      errorImpact: 'Members keep an old score and stage: messages come late, and who slips away is not noticed.',
      ...all,
      batch: { size: 100, window: Duration.seconds(1) },
      atOnce: 5,
      settings: {
        MEMBERS_TABLE: members.for(
          {
            partitions: [MEMBERS],
            may: ['GetItem', 'BatchGetItem', 'Query', 'PartiQLInsert', 'PartiQLUpdate', 'UpdateItem', 'DeleteItem'],
          },
          { partitions: [TOMBSTONES], may: ['BatchGetItem', 'PutItem'] },
          { partitions: [QUARANTINE], may: ['PutItem'] },
        ),
        CONFIG_TABLE: config.for(
          { partitions: [CONFIG.models], may: ['GetItem'] },
          { partitions: [CONFIG.keys], may: ['GetItem', 'PutItem'] },
          { partitions: [PREVIEWS], may: ['Query', 'PutItem'] },
        ),
        EFFECTS_QUEUE_URL: deliver.inbox.sender(),
      },
    });

    const feedback = new QueueWorker(this, 'Feedback', {
      runs: 'feedback',
      takes: 'feedback',
      errorImpact: 'People whose mails bounced, or who complained, are written to again; mails in doubt stay in doubt.',
      ...all,
      batch: { size: 10, window: Duration.seconds(5) },
      atOnce: 2,
      settings: {
        MEMBERS_TABLE: members.for(
          { index: TAG_INDEX.name, may: ['Query'] },
          { partitions: [MEMBERS], may: ['GetItem', 'BatchGetItem', 'UpdateItem', 'PutItem', 'Query'] },
          { partitions: [DIGESTS], may: ['GetItem', 'UpdateItem'] },
          { partitions: [TOMBSTONES], may: ['BatchGetItem'] },
          { partitions: [ADDRESSES, QUARANTINE], may: ['PutItem'] },
          { partitions: [RATES], may: ['PutItem', 'Query'] },
        ),
        CONFIG_TABLE: config.for({ partitions: [CONFIG.keys, CONFIG.mail], may: ['GetItem', 'PutItem'] }),
        ACTIVITY_QUEUE_URL: score.inbox.sender(),
      },
    });
    letters.reportTo(feedback.inbox);

    calls.calledWhen(score, 'Quarantine', {
      metric: counted(this, 'score', 'Quarantined'),
      above: 0,
      says: `${this.stackName}: events could not be read. They do not count until somebody sends them again from quarantine.`,
    });
    calls.calledWhen(feedback, 'Quarantine', {
      metric: counted(this, 'feedback', 'Quarantined'),
      above: 0,
      says: `${this.stackName}: reports of mails could not be read. They do not count until somebody sends them again from quarantine.`,
    });

    calls.calledWhen(feedback, 'MarketingStopped', {
      metric: counted(this, 'feedback', 'MarketingStopped'),
      above: 0,
      says: `${this.stackName}: too many mails bounce or are called spam, so marketing has stopped by itself. Members get no such mail until somebody lets it go on: \`mail status\` shows why.`,
    });

    const ingest = new PolkuFunction(this, 'Ingest', {
      runs: 'ingest',
      errorImpact: 'Sources are turned away: what members do is not counted until it is sent again.',
      ...all,
      settings: {
        CONFIG_TABLE: config.for({ partitions: [CONFIG.sources], may: ['GetItem'] }),
        ACTIVITY_QUEUE_URL: score.inbox.sender(),
      },
    });

    const preferences = new PolkuFunction(this, 'Preferences', {
      runs: 'preferences',
      errorImpact: 'People cannot unsubscribe, and go on getting mails that they do not want.',
      ...all,
      settings: {
        ORGANISATION: organisation.name,
        LANGUAGE: organisation.language,
        TIME_ZONE: organisation.timeZone,
        MEMBERS_TABLE: members.for(
          { partitions: [MEMBERS], may: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'DeleteItem'] },
          { partitions: [TOMBSTONES], may: ['BatchGetItem', 'PutItem'] },
        ),
        CONFIG_TABLE: config.for(
          { partitions: [CONFIG.models], may: ['GetItem'] },
          { partitions: [CONFIG.keys], may: ['GetItem', 'PutItem'] },
        ),
        TRACKING: mail.trackingDomain === undefined ? 'off' : 'on',
        ACTIVITY_QUEUE_URL: score.inbox.sender(),
      },
    });

    const sweep = new ScheduledFunction(this, 'Sweep', {
      runs: 'sweep',
      errorImpact:
        'Silence is not noticed: members slip away without a word. Mails that wait for their hour stay where they are.',
      ...all,
      schedule: ScheduleExpression.rate(SWEEP_EVERY),
      until: Duration.hours(1),
      settings: {
        MEMBERS_TABLE: members.for(
          { index: DUE_INDEX.name, may: ['Query'] },
          { index: MODEL_INDEX.name, may: ['Query'] },
        ),
        CONFIG_TABLE: config.for(
          { partitions: [CONFIG.models], may: ['GetItem'] },
          { partitions: [CONFIG.rescores], may: ['GetItem', 'UpdateItem'] },
        ),
        ACTIVITY_QUEUE_URL: score.inbox.sender(),
        EFFECTS_QUEUE_URL: deliver.inbox.sender(),
        EVERY_MINUTES: String(SWEEP_EVERY.toMinutes()),
      },
    });

    const digest = new ScheduledFunction(this, 'Digest', {
      runs: 'digest',
      errorImpact: 'Owners do not get their list of members at risk this week.',
      ...all,
      schedule: ScheduleExpression.cron({
        weekDay: 'MON',
        hour: '7',
        minute: '0',
        timeZone: TimeZone.of(organisation.timeZone),
      }),
      input: { scheduledAt: '<aws.scheduler.scheduled-time>' },
      until: Duration.hours(6),
      settings: {
        MEMBERS_TABLE: members.for(
          { index: STAGE_INDEX.name, may: ['Query'] },
          { partitions: [MEMBERS], may: ['BatchGetItem', 'Query'] },
          { partitions: [DIGESTS], may: ['BatchGetItem'] },
        ),
        CONFIG_TABLE: config.for({ partitions: [CONFIG.models, CONFIG.staff], may: ['GetItem'] }),
        EFFECTS_QUEUE_URL: deliver.inbox.sender(),
      },
    });

    const lookup = new PolkuFunction(this, 'Lookup', {
      runs: 'lookup',
      errorImpact: 'Staff cannot see where a member stands, nor why.',
      ...all,
      settings: {
        ORGANISATION: organisation.name,
        LANGUAGE: organisation.language,
        TIME_ZONE: organisation.timeZone,
        MEMBERS_TABLE: members.for(
          { index: STAGE_INDEX.name, may: ['Query'] },
          { index: DOUBT_INDEX.name, may: ['Query'] },
          { partitions: [MEMBERS], may: ['BatchGetItem', 'Query'] },
          { partitions: [DIGESTS], may: ['BatchGetItem'] },
        ),
        CONFIG_TABLE: config.for({ partitions: [CONFIG.models, CONFIG.staff], may: ['GetItem'] }),
      },
    });

    const preview = new PolkuFunction(this, 'Preview', {
      runs: 'preview',
      errorImpact: 'Nobody can see what a draft of the model would change before it is published.',
      ...all,
      settings: {
        TIME_ZONE: organisation.timeZone,
        MEMBERS_TABLE: members.for(
          { scans: [PARTITION, SORT] },
          { partitions: [MEMBERS], may: ['GetItem', 'Query'] },
          { partitions: [TOMBSTONES], may: ['BatchGetItem'] },
          { partitions: [ADDRESSES], may: ['Query'] },
        ),
        CONFIG_TABLE: config.for(
          { partitions: [CONFIG.models, CONFIG.mail], may: ['GetItem'] },
          { partitions: [CONFIG.keys], may: ['GetItem', 'PutItem'] },
          { partitions: [PREVIEWS], may: ['GetItem', 'PutItem'] },
        ),
      },
    });
    const previews = new PreviewRun(this, 'Previews', { worker: preview });

    const admin = new PolkuFunction(this, 'Admin', {
      runs: 'admin',
      errorImpact: 'Staff cannot publish a model, change sources or send quarantined events again.',
      ...all,
      settings: {
        MEMBERS_TABLE: members.for(
          { partitions: [QUARANTINE], may: ['GetItem', 'Query', 'DeleteItem'] },
          { partitions: [MEMBERS], may: ['Query'] },
          { index: DOUBT_INDEX.name, may: ['Query'] },
          { index: MODEL_INDEX.name, may: ['Query'] },
          { partitions: [ADDRESSES], may: ['Query', 'PutItem'] },
          { partitions: [TOMBSTONES, DIGESTS], may: ['BatchGetItem'] },
          { partitions: [RATES], may: ['Query'] },
        ),
        CONFIG_TABLE: config.for(
          { partitions: [CONFIG.models, CONFIG.rescores], may: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] },
          { partitions: [CONFIG.sources], may: ['GetItem', 'Query', 'PutItem'] },
          { partitions: [CONFIG.staff, CONFIG.keys, CONFIG.mail], may: ['GetItem', 'PutItem'] },
          { partitions: [PREVIEWS], may: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'] },
        ),
        ACTIVITY_QUEUE_URL: score.inbox.sender(),
        FEEDBACK_QUEUE_URL: feedback.inbox.sender(),
        PREVIEW_STATE_MACHINE: previews.starter(),
      },
    });

    door.signed(ingest, routes.ingest);
    door.signed(preferences, routes.preferences);
    door.staff(lookup, routes.lookup);
    door.staff(admin, routes.admin);

    new Overview(this, 'Overview', {
      door,
      members,
      queues: [score, deliver, feedback],
      functions: [ingest, score, deliver, feedback, sweep, digest, lookup, admin, preferences, preview],
    });
  }
}
