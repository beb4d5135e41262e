import { Logger } from '@aws-lambda-powertools/logger';

/** What may stand in a log line: counts, codes, and ids that Polku made. Never what somebody sent. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;
export type Log = {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** Of the failure its kind and its place in the code are kept; its message may hold what somebody sent. */
  error(message: string, failure?: unknown, facts?: Facts): void;
};

const described = (failure: unknown) =>
  failure instanceof Error
    ? {
        kind: failure.name,
        at: failure.stack
          ?.split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 8),
      }
    : { kind: typeof failure };

/** Structured log lines, one JSON object each. */
export const createLog = (service: string): Log => {
  const logger = new Logger({ serviceName: service });
  return {
    info: (message, facts = {}) => logger.info(message, { ...facts }),
    warn: (message, facts = {}) => logger.warn(message, { ...facts }),
    error: (message, failure, facts = {}) =>
      logger.error(message, { ...facts, ...(failure === undefined ? {} : { failure: described(failure) }) }),
  };
};
