import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { MAIL_TAG } from '../../events/mail-report.ts';
import type { Mail, Outcome } from '../mailing/mail.ts';
import { type Letterhead, rawMail } from './raw-mail.ts';

export type MailerTools = Letterhead & {
  /** Must not repeat calls by itself (maxAttempts 1): SES cannot tell a repeat, so each would be a further mail. */
  readonly client: SESClient;
  readonly configurationSet: string;
  /** Waits before the how-manieth further attempt. */
  readonly pause: (attempt: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Above the rate of the account: not taken, and the same mail will be in a moment. */
const throttled = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded']);

/** The set-up is at fault, not the mail: not taken, and it will be once somebody has put it right. */
const setUp = new Set([
  'AccountSendingPausedException',
  'ConfigurationSetDoesNotExist',
  'ConfigurationSetDoesNotExistException',
  'ConfigurationSetSendingPausedException',
  'MailFromDomainNotVerifiedException',
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
  'CredentialsProviderError',
]);

const REQUEST_TIMEOUT = 408;

/** No connection was ever made. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

/** What a failed call means. Whatever is not known to be a refusal may have been taken before the answer was lost. */
const outcomeOf = (error: unknown): Exclude<Outcome, { kind: 'sent' }> => {
  const code = codeOf(error);
  const named = error instanceof Error ? error.name : code;
  if (throttled.has(named) || setUp.has(named) || neverConnected.has(code)) return { kind: 'later', code };
  const status = error instanceof SESServiceException ? error.$metadata.httpStatusCode : undefined;
  const said = status !== undefined && status >= 400 && status < 500 && status !== REQUEST_TIMEOUT;
  return { kind: said ? 'refused' : 'unknown', code };
};

const ATTEMPTS = 6;

/**
 * Hands mails to SES, each once. Only what SES refused for the rate is offered again, a few times, since then nothing
 * was taken. The tag stands for the mail in what SES reports; it may hold letters, digits, hyphens and underscores.
 */
export const mailer =
  ({ client, organisation, sender, configurationSet, pause, now }: MailerTools) =>
  async (mail: Mail, tag: string): Promise<Outcome> => {
    const written = rawMail(mail, { organisation, sender }, tag, now());
    const command = new SendRawEmailCommand({
      Source: sender,
      Destinations: [...written.to],
      RawMessage: { Data: written.raw },
      ConfigurationSetName: configurationSet,
      Tags: [{ Name: MAIL_TAG, Value: tag }],
    });
    for (let attempt = 1; ; attempt++) {
      try {
        const { MessageId } = await client.send(command);
        return MessageId === undefined
          ? { kind: 'unknown', code: 'NoMessageId' }
          : { kind: 'sent', messageId: MessageId };
      } catch (error) {
        const outcome = outcomeOf(error);
        const again = outcome.kind === 'later' && throttled.has(outcome.code) && attempt < ATTEMPTS;
        if (!again) return outcome;
      }
      await pause(attempt);
    }
  };
