import { setTimeout } from 'node:timers/promises';

/** Waits so long, ms. */
export const sleep = async (ms: number): Promise<void> => {
  if (ms > 0) await setTimeout(ms);
};

const FIRST = 50;
const LONGEST = 2_000;

/**
 * Waits before the how-manieth further attempt, from 1: exponential backoff with full jitter, in ms.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const pause = (attempt: number): Promise<void> => sleep(Math.random() * Math.min(LONGEST, FIRST * 2 ** attempt));
