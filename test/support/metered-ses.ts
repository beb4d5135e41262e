import { SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';

export type Account = { readonly perSecond: number; readonly perDay: number };

/** What SES takes for a second: it does not look at the milliseconds. */
const SECOND = 990;
const DAY = 86_400_000;
const refusal = (message: string) =>
  new SESServiceException({ name: 'Throttling', message, $fault: 'client', $metadata: { httpStatusCode: 400 } });

/** The most in any stretch of time so long; the instants ascend. */
export const most = (instants: readonly number[], length: number): number => {
  let first = 0;
  let found = 0;
  for (const [i, at] of instants.entries()) {
    while ((instants[first] ?? at) <= at - length) first++;
    found = Math.max(found, i - first + 1);
  }
  return found;
};

/** SES as an account with limits meets it: it takes a mail, or throttles. A call takes a while. */
export const meteredSes = (
  { perSecond, perDay }: Account,
  { now, sleep }: { readonly now: () => number; readonly sleep: (ms: number) => Promise<void> },
  took = 60,
) => {
  const offered: number[] = [];
  const taken: number[] = [];
  const to: string[] = [];
  let [second, day] = [0, 0];
  const take = ({ input }: SendRawEmailCommand): { MessageId: string } => {
    const at = now();
    offered.push(at);
    while ((taken[second] ?? at) <= at - SECOND) second++;
    while ((taken[day] ?? at) <= at - DAY) day++;
    if (taken.length - day >= perDay) throw refusal('Daily message quota exceeded.');
    if (taken.length - second >= perSecond) throw refusal('Maximum sending rate exceeded.');
    taken.push(at);
    to.push(...(input.Destinations ?? []));
    return { MessageId: `ses-${taken.length}` };
  };
  const send = async (command: unknown): Promise<unknown> => {
    if (!(command instanceof SendRawEmailCommand)) throw new TypeError('Only mails are sent here');
    await sleep(took / 2);
    try {
      return take(command);
    } finally {
      await sleep(took / 2);
    }
  };
  const client: SESClient = Object.create(SESClient.prototype, { send: { value: send } });
  return { client, offered, taken, to };
};
