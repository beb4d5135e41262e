import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { MAIL_TAG } from '../../events/mail-report.ts';
import type { Mail, Offered } from '../mailing/mail.ts';
import { type Letterhead, rawMail } from './raw-mail.ts';

export type MailerTools = Letterhead & {
  /** Must not repeat calls by itself (maxAttempts 1): SES cannot tell a repeat, so each would be a further mail. */
  readonly client: SESClient;
  readonly configurationSet: string;
  /** For mails whose reader may be followed; left out, nobody is. */
  readonly trackingConfigurationSet?: string | undefined;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Above what the account may send: not taken, and the same mail will be later. */
const throttled = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded']);

/**
 * Which of its limits SES names when it throttles. The code is the same for both.
 * Source: https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
 */
const ofTheDay = /daily message quota/i;

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
const outcomeOf = (error: unknown): Exclude<Offered, { kind: 'sent' }> => {
  const code = codeOf(error);
  const named = error instanceof Error ? error.name : code;
  if (throttled.has(named)) {
    const isDay = error instanceof Error && ofTheDay.test(error.message);
    return { kind: 'throttled', limit: isDay ? 'day' : 'second' };
  }
  if (setUp.has(named) || neverConnected.has(code)) return { kind: 'later', code };
  const status = error instanceof SESServiceException ? error.$metadata.httpStatusCode : undefined;
  const said = status !== undefined && status >= 400 && status < 500 && status !== REQUEST_TIMEOUT;
  return { kind: said ? 'refused' : 'unknown', code };
};

/**
 * Offers mails to SES, each once: whoever wants to offer one again that was not taken takes a new place in the rate for
 * it. The tag stands for the mail in what SES reports; it may hold letters, digits, hyphens and underscores.
 */
export const mailer =
  ({ client, organisation, sender, configurationSet, trackingConfigurationSet, now }: MailerTools) =>
  async (mail: Mail, tag: string): Promise<Offered> => {
    const written = rawMail(mail, { organisation, sender }, tag, now());
    try {
      const { MessageId } = await client.send(
        new SendRawEmailCommand({
          Source: sender,
          Destinations: [...written.to],
          RawMessage: { Data: written.raw },
          ConfigurationSetName: (mail.tracked && trackingConfigurationSet) || configurationSet,
          Tags: [{ Name: MAIL_TAG, Value: tag }],
        }),
      );
      return MessageId === undefined
        ? { kind: 'unknown', code: 'NoMessageId' }
        : { kind: 'sent', messageId: MessageId };
    } catch (error) {
      return outcomeOf(error);
    }
  };
