/** A promise that is settled from elsewhere; one at a time. */
export const pending = <Value>() => {
  let waiting: { readonly resolve: (value: Value) => void; readonly reject: (error: Error) => void } | undefined;
  const taken = () => {
    const current = waiting;
    waiting = undefined;
    return current;
  };
  return {
    begin: (): Promise<Value> => {
      const promise = new Promise<Value>((resolve, reject) => {
        waiting = { resolve, reject };
      });
      // It may fail before anybody waits for it.
      promise.catch(() => {});
      return promise;
    },
    resolve: (value: Value): void => taken()?.resolve(value),
    reject: (error: Error): void => taken()?.reject(error),
  };
};

/** Calls back when so many ms are over, the last time that was set counting. */
export const timer = () => {
  let set: NodeJS.Timeout | undefined;
  return {
    set: (ms: number, late: () => void): void => {
      clearTimeout(set);
      set = setTimeout(late, ms);
    },
    stop: (): void => clearTimeout(set),
  };
};
