import { type Options, SingleBar } from 'cli-progress';

export type Progress = {
  readonly at: (done: number) => void;
  /** Ends with all done, or with so many. */
  readonly end: (done?: number) => void;
};

const bar: Options = { format: '  {title} [{bar}] {value}/{total}', barsize: 32, hideCursor: true };

/** A bar that fills, or, where nobody is watching a terminal, a line for every quarter. */
export const progress = (title: string, total: number, out: NodeJS.WriteStream): Progress => {
  if (out.isTTY) {
    const single = new SingleBar({ ...bar, stream: out });
    single.start(total, 0, { title });
    return {
      at: (done) => single.update(done),
      end: (done = total) => {
        single.update(done);
        single.stop();
      },
    };
  }
  let quarter = 0;
  const at = (done: number) => {
    const reached = total === 0 ? 4 : Math.floor((done / total) * 4);
    if (reached <= quarter) return;
    quarter = reached;
    out.write(`  ${title} ${done}/${total}\n`);
  };
  return { at, end: (done = total) => at(done) };
};
