import { shardOf } from '../kernel/shard.ts';

/** The names that the tables, the stores and the infrastructure share. */
export const PARTITION = 'pk';
export const SORT = 'sk';

/** Sparse index: whom time alone will move, by the instant of it. Keys only. */
export const DUE_INDEX = { name: 'due', partition: 'dueShard', sort: 'dueAt' } as const;
/** Sparse index: who is in which stage. Keys only. */
export const STAGE_INDEX = { name: 'stage', partition: 'stageShard', sort: 'pk' } as const;

/** Sparse index: the claim of a mail by the tag that SES gives back. Keys only; written once for each mail. */
export const TAG_INDEX = { name: 'tag', partition: 'tag', sort: PARTITION } as const;
/** Sparse index: the mails of which nobody knows whether they left, by tag. Keys only. */
export const DOUBT_INDEX = { name: 'doubt', partition: 'doubt', sort: TAG_INDEX.partition } as const;

/** Index: which model's version each member's snapshot was made by. Keys only; written when that changes. */
export const MODEL_INDEX = { name: 'model', partition: 'modelShard', sort: 'model' } as const;

export const DUE_SHARDS = 16;
export const STAGE_SHARDS = 8;
export const MODEL_SHARDS = 8;

export const memberKey = (member: string): string => `member#${member}`;
export const memberOf = (key: string): string => key.slice('member#'.length);
export const SNAPSHOT = 'snapshot';
export const EVENT_PREFIX = 'event#';
export const journeyKey = (journey: string): string => `journey#${journey}`;
/** The claim of a message or alert, and what became of it. */
export const MAIL_PREFIX = 'mail#';
/** What the member has said themselves in a mail or on their page. */
export const CHOICES = 'choices';
/** What is kept of somebody who was erased, by the keyed hash of their id or of their address. */
export const TOMBSTONE_PREFIX = 'tombstone#';
export const TOMBSTONE = 'tombstone';
/** The attribute of a snapshot that says when whoever had the id before was erased, epoch ms. */
export const ERASED_AT = 'erasedAt';
export const mailKey = (effectId: string): string => `${MAIL_PREFIX}${effectId}`;

/** What `deliver` keeps of a member: their mails and places in lists, and what they were written. */
export const isOfMails = (sort: string): boolean =>
  sort === TALLY || sort.startsWith(MAIL_PREFIX) || sort.startsWith(journeyKey(''));

export const dueShard = (shard: number): string => `due#${shard}`;
export const dueShardOf = (member: string): string => dueShard(shardOf(member, DUE_SHARDS));
export const stageShard = (journey: string, stage: string, shard: number): string => `${journey}#${stage}#${shard}`;
export const stageShardOf = (journey: string, stage: string, member: string): string =>
  stageShard(journey, stage, shardOf(member, STAGE_SHARDS));
export const modelShard = (shard: number): string => `model#${shard}`;
export const modelShardOf = (member: string): string => modelShard(shardOf(member, MODEL_SHARDS));

export const QUARANTINE = 'quarantine';

/** The claims of digests, and up to when each owner knows who is at risk. */
export const DIGESTS = 'digests';
export const digestKey = (owner: string, run: string): string => `${owner}#${run}`;
/** The owner, and the run as ISO 8601. */
export const digestIn = (key: string): { readonly owner: string; readonly run: string } => {
  const end = key.lastIndexOf('#');
  return { owner: key.slice(0, end), run: key.slice(end + 1) };
};
/** The one partition of the index of doubt: few are ever in it. */
export const IN_DOUBT = 'mail';
/** The partition of the same index for the mails that wait for their time. */
export const HELD = 'held';
/** What a member was written, and what waits to be. */
export const TALLY = 'tally';
/** What was noted of an address, by its keyed hash. */
export const ADDRESS_PREFIX = 'address#';
/** How many mails were sent on a day, and which of them bounced or were complained of. */
export const RATES_PREFIX = 'rates#';

/** How much of the account's rate is taken, by slices of a second and by the hour. */
export const BUDGET_PREFIX = 'budget#';

/** Table `config`: one partition for each kind, so that a role can be held to its own. */
export const CONFIG = {
  models: 'models',
  rescores: 'rescores',
  sources: 'sources',
  staff: 'staff',
  keys: 'keys',
  mail: 'mail',
} as const;
export const CURRENT = 'current';
export const modelKey = (version: number): string => `version#${String(version).padStart(8, '0')}`;

/** Table `config`: what a draft of the model would change, a partition for each preview. */
export const PREVIEWS = 'preview#*';
export const previewKey = (id: string): string => `preview#${id}`;
/** When DynamoDB may remove an item, in epoch seconds. It takes its time: whoever reads looks themselves. */
export const EXPIRY = 'expiry';
