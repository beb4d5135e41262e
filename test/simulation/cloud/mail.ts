import {
  ConfigurationSetDoesNotExistException,
  MessageRejected,
  SESClient,
  SESServiceException,
  SendRawEmailCommand,
  type SendRawEmailCommandInput,
} from '@aws-sdk/client-ses';
import { passingFor, type Through } from './calls.ts';
import { knowing, NotUnderstood } from './misuse.ts';

export type SesCall = {
  readonly service: 'ses';
  readonly name: 'SendRawEmail';
  readonly input: SendRawEmailCommandInput;
};

/** A mail that SES took. */
export type SentMail = {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  /** The MIME message. */
  readonly raw: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
};

export type MailRules = {
  /** Addresses and domains that may send. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
  /** Recipients in any second. */
  readonly perSecond: number;
};

const MOST_RECIPIENTS = 50;
const LONGEST_LINE = 998;
const ADDRESS = /^(?:[^<>]*<)?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?$/;
const about = (message: string) => ({ message, $metadata: { httpStatusCode: 400 } });
const refusal = (name: string, message: string) =>
  new SESServiceException({ name, $fault: 'client', ...about(message) });

const mayCome = (from: string, identities: readonly string[]): boolean => {
  const bare = from.replace(/^.*<|>$/g, '').toLowerCase();
  return identities.some((one) => bare === one || bare.endsWith(`@${one}`) || bare.endsWith(`.${one}`));
};

const known = new Set<keyof SendRawEmailCommandInput>([
  ...(['Source', 'Destinations', 'RawMessage', 'ConfigurationSetName', 'Tags'] as const),
]);

const letterOf = (input: SendRawEmailCommandInput): Omit<SentMail, 'id' | 'at'> => {
  knowing(known, input);
  const { Source = '', Destinations = [], RawMessage, Tags = [], ConfigurationSetName } = input;
  return {
    from: Source,
    to: Destinations,
    raw: new TextDecoder('latin1').decode(RawMessage?.Data),
    tags: Object.fromEntries(Tags.map(({ Name = '', Value = '' }) => [Name, Value])),
    configurationSet: ConfigurationSetName,
  };
};

/** SES in memory: takes a mail, refuses it, or asks to slow down. `now` in epoch ms; `onSent` hears of each that is taken. */
export const memoryMail = (
  { identities, configurationSets, perSecond }: MailRules,
  now: () => number,
  onSent: (mail: SentMail) => void = () => {},
) => {
  const sent: SentMail[] = [];
  const taken: readonly SentMail[] = sent;
  const misuse: unknown[] = [];
  let recent: { at: number; recipients: number }[] = [];

  const needRoom = (recipients: number): void => {
    recent = recent.filter(({ at }) => at > now() - 1000);
    const lately = recent.reduce((sum, one) => sum + one.recipients, 0);
    if (lately + recipients > perSecond) throw refusal('Throttling', 'Maximum sending rate exceeded.');
    recent.push({ at: now(), recipients });
  };

  const run = ({ input }: SesCall): { MessageId: string } => {
    const letter = letterOf(input);
    const { to: recipients } = letter;
    if (recipients.length === 0) throw refusal('InvalidParameterValue', 'Missing final domain');
    if (recipients.length > MOST_RECIPIENTS) throw refusal('InvalidParameterValue', 'Recipient count exceeds 50.');
    if (![letter.from, ...recipients].every((one) => ADDRESS.test(one))) {
      throw refusal('InvalidParameterValue', 'Illegal address');
    }
    if (letter.raw.split('\r\n').some((line) => line.length > LONGEST_LINE)) {
      throw refusal('InvalidParameterValue', 'A line of the message is too long');
    }
    if (!mayCome(letter.from, identities)) throw new MessageRejected(about('Email address is not verified.'));
    const set = letter.configurationSet;
    if (set !== undefined && !configurationSets.includes(set)) {
      const what = about('Configuration set does not exist.');
      throw new ConfigurationSetDoesNotExistException({ ConfigurationSetName: set, ...what });
    }
    needRoom(recipients.length);
    const id = `mail-${sent.length + 1}`;
    const mail = { ...letter, id, at: now() };
    sent.push(mail);
    onSent(mail);
    return { MessageId: id };
  };

  const callOf = (command: unknown): SesCall => {
    if (command instanceof SendRawEmailCommand) return { service: 'ses', name: 'SendRawEmail', input: command.input };
    throw new NotUnderstood('A command that the mail does not know');
  };

  return {
    run,
    callOf,
    /** Every mail taken, in order. */
    sent: taken,
    /** What was asked that is not modelled; must be empty in the end. */
    misuse,
  };
};
export type Mail = ReturnType<typeof memoryMail>;

/** The client of one instance of a function: one attempt, as in the cloud. */
export const sesClient = (mail: Mail, through: Through<SesCall>): SESClient =>
  passingFor(SESClient.prototype, mail, through);
