import * as z from 'zod';

/**
 * What can become of a mail after SES took it. `gone`: there is no such mailbox. `full`: it did not get in this time.
 * `away`: its reader is out of office. `listed`: SES held it back, since the address is on the account's list.
 */
export const Happening = z.object({
  kind: z.enum(['delivered', 'gone', 'full', 'away', 'listed', 'complained', 'opened', 'clicked']),
  /** Epoch ms. */
  at: z.number(),
  /** The link that was followed. */
  link: z.string().optional(),
});
export type Happening = z.infer<typeof Happening>;

/**
 * SES's own addresses to try things out with.
 * Source: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
 */
const simulator: ReadonlyMap<string, readonly Happening['kind'][]> = new Map([
  ['bounce', ['gone']],
  ['ooto', ['delivered', 'away']],
  ['complaint', ['delivered', 'complained']],
  ['suppressionlist', ['listed']],
]);

/** What becomes of a mail by itself: it is delivered, but for those to SES's own addresses. */
export const happeningsTo = (recipients: readonly string[], at: number): readonly Happening[] => {
  const [name] = recipients.flatMap((one) => /^(\w+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(one)?.[1] ?? []);
  return (simulator.get(name?.toLowerCase() ?? '') ?? (['delivered'] as const)).map((kind) => ({ kind, at }));
};
