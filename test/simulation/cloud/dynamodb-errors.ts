import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';

const $metadata = { httpStatusCode: 400 };

/** Refusals of DynamoDB as the SDK throws them: by class where it has one, by name where it has none. */
export const conditionFailed = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata });

export const noSuchTable = () => new ResourceNotFoundException({ message: 'Requested resource not found', $metadata });

export const refusal = (name: string, message: string) =>
  new DynamoDBServiceException({ name, $fault: 'client', message, $metadata });

export const invalid = (message: string) => refusal('ValidationException', message);
