import { SESClient, type SESClientConfig } from '@aws-sdk/client-ses';

/** Connect, and answer: ms. Short enough that what became of a mail is noted before the function's own time is up. */
const CONNECT = 3_000;
const ANSWER = 10_000;

/**
 * The client that sends. One attempt only: SES has no token to know a repeated call by, so an answer lost and a call
 * repeated is a second mail. A call without an answer in time is an error, not a warning.
 */
export const sesClient = (config: SESClientConfig = {}, answerWithin = ANSWER): SESClient =>
  new SESClient({
    ...config,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECT, requestTimeout: answerWithin, throwOnRequestTimeout: true },
  });
