import type { FindMail } from '../mailing/hearsay.ts';
import { claimOfTag } from './claim-of-tag.ts';
import { mailActs } from './mail-acts.ts';
import { type HearsayTools, mailHearsay } from './mail-hearsay.ts';

/** Finds mails by the tags that they were sent with: each is looked up and read once, whatever is then taken down. */
export const mailFinder = (tools: HearsayTools): FindMail => {
  const find = claimOfTag(tools);
  return async (tag) => {
    const claim = await find(tag);
    return claim && { ...mailHearsay(tools, claim), ...mailActs(tools, claim) };
  };
};
