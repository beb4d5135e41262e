/** A refusal, by the code that the SDK's error classes go by. */
export class SesError extends Error {
  override readonly name = 'SesError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
