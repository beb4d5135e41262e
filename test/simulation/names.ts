import { queueUrl } from './cloud/queues.ts';

/** The tables and queues of the stack, by what they are to its functions. */
export const tableNames = { MEMBERS_TABLE: 'members', CONFIG_TABLE: 'config' };

export const queueNames = {
  activity: 'Polku-activity',
  effects: 'Polku-effects',
  feedback: 'Polku-feedback',
} as const;
export const queueUrls = {
  activity: queueUrl(queueNames.activity),
  effects: queueUrl(queueNames.effects),
  feedback: queueUrl(queueNames.feedback),
};
