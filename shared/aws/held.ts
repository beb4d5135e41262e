import { type AttributeValue, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** The answer to a write; undefined where its condition did not hold. Every other failure is thrown on. */
const answered = async <Answer>(write: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};

/** Whether the condition of a write held. */
export const held = async (write: Promise<object>): Promise<boolean> => (await answered(write)) !== undefined;

/** The item after a write that answers with it; undefined where its condition did not hold. */
export const itemAfter = async (
  write: Promise<{ readonly Attributes?: Record<string, AttributeValue> | undefined }>,
): Promise<Record<string, unknown> | undefined> => {
  const answer = await answered(write);
  return answer && unmarshall(answer.Attributes ?? {});
};
