/** List prices of us-east-1 in US dollars, November 2026, without any free tier. */
export const PRICES = {
  /** Of DynamoDB, on demand: for a million units. */
  millionReadUnits: 0.125,
  millionWriteUnits: 0.625,
  /** Of SES. */
  thousandMails: 0.1,
  /** Of Lambda on arm64: for a million GB-seconds. */
  millionGbSeconds: 13.3334,
} as const;

/** What is kept of an event with its keys, in KB. */
export const KB_OF_EVENT = 0.4;
