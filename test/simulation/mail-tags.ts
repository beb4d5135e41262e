import { createHash } from 'node:crypto';
import { mailKey, memberKey } from '../../shared/aws/keys.ts';
import type { Mail } from './cloud/mail.ts';

/** What stands for a claim in what SES tells. */
export const tagOf = (partition: string, sort: string): string =>
  createHash('sha256')
    .update(JSON.stringify([partition, sort]))
    .digest('base64url');

export const tagOfMail = (member: string, id: string): string => tagOf(memberKey(member), mailKey(id));

/** How many mails SES took, by the tag that stands for a claim. */
export const takenByTag = ({
  cloud,
}: {
  readonly cloud: { readonly mail: Pick<Mail, 'sent'> };
}): Map<string, number> => {
  const taken = new Map<string, number>();
  for (const { tags } of cloud.mail.sent) taken.set(tags.mail ?? '', (taken.get(tags.mail ?? '') ?? 0) + 1);
  return taken;
};
