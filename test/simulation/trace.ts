import { hash32 } from './random.ts';

/** What happened, line by line: always as a hash, and as text where somebody wants to read it. */
export const trace = (keep: boolean) => {
  const lines: string[] = [];
  let [one, other] = [0x811c9dc5, 0x2545f491];
  let steps = 0;
  const add = (line: string) => {
    one = hash32(line, one);
    other = hash32(line, other ^ one);
    if (keep) lines.push(line);
  };
  return {
    lines: lines as readonly string[],
    /** A step of the run. */
    step: (line: string): void => {
      steps++;
      add(line);
    },
    /** What is to be read beside the steps. */
    note: add,
    steps: (): number => steps,
    hash: (): string => one.toString(16).padStart(8, '0') + other.toString(16).padStart(8, '0'),
  };
};
export type Trace = ReturnType<typeof trace>;
