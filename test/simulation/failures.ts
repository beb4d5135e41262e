import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { SESServiceException } from '@aws-sdk/client-ses';
import { SQSServiceException } from '@aws-sdk/client-sqs';
import type { Random } from './random.ts';

/*
 * Failed calls as the SDK throws them.
 */

export type Service = 'dynamodb' | 'sqs' | 'ses';

const exceptions = { dynamodb: DynamoDBServiceException, sqs: SQSServiceException, ses: SESServiceException };

const answered = (service: Service, name: string, httpStatusCode: number): Error =>
  new exceptions[service]({
    name,
    message: name,
    $fault: httpStatusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode },
  });

const throttles = {
  dynamodb: ['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'],
  sqs: ['RequestThrottled', 'ThrottlingException'],
  ses: ['Throttling'],
} as const;

/** Refused for the rate: certainly not carried out. */
export const throttled = (service: Service, chance: Random): Error =>
  answered(service, chance.pick<string>(throttles[service]), 400);

/** Refused as before. */
export const refusedAgain = (service: Service): Error => answered(service, throttles[service][0], 400);

const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more });

/** No answer, or one that says nothing: whoever gets it cannot tell whether the call was carried out. */
export const unanswered = (service: Service, chance: Random): Error => {
  switch (chance.below(3)) {
    case 0:
      return answered(service, service === 'sqs' ? 'ServiceUnavailable' : 'InternalServerError', 500);
    case 1:
      return named('TimeoutError');
    default:
      return named('Error', { code: 'ECONNRESET' });
  }
};

/** SES does not take the mail, and says so. */
export const mailRefused = (): Error => answered('ses', 'MessageRejected', 400);

/** No connection was ever made: certainly not carried out. */
export const unreached = (): Error => named('Error', { code: 'ECONNREFUSED' });
