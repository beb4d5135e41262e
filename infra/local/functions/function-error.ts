/** An invocation that threw, ran out of time, or whose instance went away. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly function: string;
  /** The name of what was thrown, or Lambda's own word for it. */
  readonly type: string;
  readonly trace: readonly string[];

  constructor(name: string, type: string, message: string, trace: readonly string[] = []) {
    super(message);
    this.function = name;
    this.type = type;
    this.trace = trace;
  }
}
