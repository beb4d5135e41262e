import type { Progress } from '../progress.ts';

/** All that a command sees of the machine it runs on. */
export type World = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: (url: string, request?: RequestInit) => Promise<Response>;
  readonly readText: (file: string) => string;
  /** Writes a file that must not be there yet. */
  readonly writeNew: (file: string, text: string) => void;
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  /** Writes to standard error. */
  readonly complain: (text: string) => void;
  /** Whether somebody watches: then a line may be written over. */
  readonly watched: boolean;
  readonly colour: boolean;
  /** Undefined: the machine's. */
  readonly locale?: string;
  readonly zone?: string;
  /** Whether whoever sits there says yes; false where nobody does. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly progress: (title: string, total: number) => Progress;
  /** Waits so many ms. */
  readonly wait: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
};
