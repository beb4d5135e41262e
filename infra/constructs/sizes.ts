import type { Functions } from './functions.ts';

export type Size = {
  /** In seconds. */
  readonly timeout: number;
  /** In MB; processor time comes in proportion. */
  readonly memory: number;
  /** How many at once, kept free for it. */
  readonly reserved: number;
};

/** How large each function is. */
export const sizes: Readonly<Record<keyof Functions, Size>> = {
  ingest: { timeout: 10, memory: 512, reserved: 20 },
  score: { timeout: 60, memory: 1024, reserved: 10 },
  sweep: { timeout: 240, memory: 512, reserved: 1 },
  deliver: { timeout: 60, memory: 512, reserved: 3 },
  feedback: { timeout: 30, memory: 512, reserved: 2 },
  // It reads who is at risk; deliver sends.
  digest: { timeout: 240, memory: 1024, reserved: 1 },
  lookup: { timeout: 20, memory: 1024, reserved: 5 },
  preferences: { timeout: 10, memory: 512, reserved: 5 },
  // A call ends by itself after a minute and goes on in the next.
  preview: { timeout: 240, memory: 1769, reserved: 8 },
  admin: { timeout: 20, memory: 512, reserved: 3 },
};
