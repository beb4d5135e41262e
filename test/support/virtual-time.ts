type Sleeper = { readonly at: number; readonly order: number; readonly wake: () => void };

/** Lets every promise settle that can. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that moves on when everybody waits: to the instant at which the first of them wakes. Epoch ms. */
export const virtualTime = (start: number) => {
  let now = start;
  let order = 0;
  /** A heap, the soonest on top. */
  const sleepers: Sleeper[] = [];
  const isSooner = (one: Sleeper | undefined, other: Sleeper | undefined): boolean =>
    one !== undefined && (other === undefined || one.at < other.at || (one.at === other.at && one.order < other.order));
  const swap = (i: number, j: number): void => {
    const [one, other] = [sleepers[i], sleepers[j]];
    if (one && other) [sleepers[i], sleepers[j]] = [other, one];
  };
  const push = (sleeper: Sleeper): void => {
    let i = sleepers.push(sleeper) - 1;
    for (let up = (i - 1) >> 1; i > 0 && isSooner(sleepers[i], sleepers[up]); up = (i - 1) >> 1) {
      swap(i, up);
      i = up;
    }
  };
  const pop = (): Sleeper | undefined => {
    swap(0, sleepers.length - 1);
    const first = sleepers.pop();
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const down = isSooner(sleepers[right], sleepers[left]) ? right : left;
      if (!isSooner(sleepers[down], sleepers[i])) return first;
      swap(i, down);
      i = down;
    }
  };

  return {
    now: () => now,
    sleep: (ms: number): Promise<void> =>
      ms <= 0
        ? Promise.resolve()
        : new Promise((wake) => {
            push({ at: now + ms, order: order++, wake });
          }),
    /** Lets time pass until the work is done. */
    until: async (work: Promise<unknown>): Promise<void> => {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      // Whoever awaits `done` below hears of it; nobody must be surprised before.
      done.catch(() => {});
      for (await settled(); !isDone; await settled()) {
        const next = pop();
        if (!next) throw new Error('Everybody waits for somebody else');
        now = Math.max(now, next.at);
        next.wake();
      }
      await done;
    },
  };
};
export type VirtualTime = ReturnType<typeof virtualTime>;
