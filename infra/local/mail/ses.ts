import { randomUUID } from 'node:crypto';
import type { Json } from '../../../shared/kernel/json.ts';
import { CutOff, type FaultsAhead } from './mail-faults.ts';
import type { MailStore } from './mail-store.ts';
import { type Letter, letterOf } from './send-requests.ts';
import { SesError } from './ses-error.ts';

const DAY = 86_400_000;
const MOST_RECIPIENTS = 50;
/** SES v1 knows no letters beyond ASCII in an address, neither before nor behind the @. */
const ADDRESS = /^(?:[^<>]*<)?[!-;=?A-~]+@[!-;=?A-~]+\.[!-;=?A-~]+>?$/;

export type SesOptions = {
  readonly store: MailStore;
  /** Epoch ms, for the time of a mail. */
  readonly now: () => number;
  /** Addresses and domains that are verified. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
  /** Recipients. */
  readonly perSecond: number;
  readonly perDay: number;
  /** Called after each mail that was taken. */
  readonly report?: () => Promise<void>;
  readonly faults?: Pick<FaultsAhead, 'next'>;
};

const bare = (address: string): string => address.replace(/^.*<|>$/g, '').toLowerCase();

const isVerified = (address: string, identities: readonly string[]): boolean =>
  identities.some(
    (identity) =>
      bare(address) === identity || bare(address).endsWith(`@${identity}`) || bare(address).endsWith(`.${identity}`),
  );

/** SES v1 as far as mail goes: takes it, refuses it, or asks to slow down, as SES does, and keeps what it took. */
export const ses = ({ store, now, identities, configurationSets, perSecond, perDay, ...rest }: SesOptions) => {
  const recently: number[] = [];

  const checkRate = (recipients: number): void => {
    const second = performance.now() - 1000;
    while (recently[0] !== undefined && recently[0] < second) recently.shift();
    if (recently.length + recipients > perSecond) throw new SesError('Throttling', 'Maximum sending rate exceeded.');
    if (store.sentSince(now() - DAY) + recipients > perDay)
      throw new SesError('Throttling', 'Daily message quota exceeded.');
    for (let i = 0; i < recipients; i++) recently.push(performance.now());
  };

  const check = (letter: Letter): void => {
    const recipients = [...letter.to, ...letter.cc, ...letter.bcc];
    if (recipients.length === 0) throw new SesError('InvalidParameterValue', 'Missing final domain');
    if (recipients.length > MOST_RECIPIENTS) throw new SesError('InvalidParameterValue', 'Recipient count exceeds 50.');
    if (![letter.from, ...recipients].every((one) => ADDRESS.test(one)))
      throw new SesError('InvalidParameterValue', 'Illegal address');
    if (!isVerified(letter.from, identities))
      throw new SesError('MessageRejected', `Email address is not verified: ${letter.from}`);
    const set = letter.configurationSet;
    if (set !== undefined && !configurationSets.includes(set)) {
      throw new SesError('ConfigurationSetDoesNotExist', `Configuration set <${set}> does not exist.`);
    }
    checkRate(recipients.length);
  };

  const send = async (letter: Letter): Promise<Json> => {
    const fault = rest.faults?.next();
    if (fault === 'not-taken') throw new CutOff();
    check(letter);
    const id = `0100${randomUUID()}-000000`;
    store.keep({ ...letter, id, at: now() });
    // Before the answer: so the reports may be heard before the sender knows, as it happens with SES.
    await rest.report?.();
    if (fault === 'answer-lost') throw new CutOff();
    return { MessageId: id };
  };

  const operations: Readonly<Record<string, (given: unknown) => Json | Promise<Json>>> = {
    SendRawEmail: async (given) => send(await letterOf(given)),
    GetSendQuota: () => ({
      Max24HourSend: perDay,
      MaxSendRate: perSecond,
      SentLast24Hours: store.sentSince(now() - DAY),
    }),
    GetAccountSendingEnabled: () => ({ Enabled: true }),
  };

  /** Carries out an action. Throws SesError, or CutOff. */
  return async (action: string, given: unknown): Promise<Json> => {
    const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
    if (!operation) throw new SesError('InvalidAction', 'The local cloud does not know this action of SES.');
    return operation(given);
  };
};
export type Ses = ReturnType<typeof ses>;
