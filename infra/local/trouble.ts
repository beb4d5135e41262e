/** Something the person at the keyboard can mend. The message is one sentence: what is wrong, and how to mend it. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

/** The code of a system error (`EADDRINUSE`, `EACCES` …), or an empty text. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
