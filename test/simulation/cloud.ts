import type { Definitions } from '../support/definitions.ts';
import type { DynamodbCall } from './cloud/dynamodb-calls.ts';
import { type Mail, memoryMail, type SentMail, type SesCall } from './cloud/mail.ts';
import { memoryQueues, type Queues } from './cloud/queues.ts';
import type { SqsCall } from './cloud/sqs-calls.ts';
import { memoryTables, type Tables } from './cloud/tables.ts';
import { type MailLog, mailLog } from './mail-log.ts';
import { queueUrls } from './names.ts';
import type { Clock } from './scheduler.ts';
import { type Witness, witness } from './witness.ts';

/** The services that all instances share, and a witness of what was asked of them. */
export type Cloud = {
  readonly tables: Tables;
  readonly queues: Queues;
  readonly mail: Mail;
  readonly witness: Witness;
  /** Called with every call that was carried out, and the instant by the clock of whoever made it, epoch ms. */
  readonly watch: (call: DynamodbCall | SqsCall | SesCall, answer: unknown, own: number) => void;
  /** What became of the messages to members. */
  readonly mails: MailLog;
};

const PER_SECOND = 14;
/** By these calls a snapshot is written or goes. */
const changing = new Set<string>(['BatchExecuteStatement', 'UpdateItem', 'DeleteItem']);

/** The tables and queues of the stack, empty. */
export const openCloud = (
  { tables, queues, identities, configurationSets }: Definitions,
  clock: Clock,
  onSent: (mail: SentMail) => void = () => {},
  onHeld: (until: number) => void = () => {},
): Cloud => {
  const now = () => clock.now;
  const seen = witness(queueUrls.effects);
  const members = memoryTables(tables);
  const mail = memoryMail({ identities, configurationSets, perSecond: PER_SECOND }, now, onSent);
  const mails = mailLog(members, mail, seen, onHeld);
  return {
    mails,
    tables: members,
    queues: memoryQueues(queues, now),
    mail,
    witness: seen,
    watch: (call, answer, own) => {
      seen.watch(call, answer);
      mails.watch(call, clock.now, own);
      if (changing.has(call.name)) seen.snapshots(members, own);
    },
  };
};
