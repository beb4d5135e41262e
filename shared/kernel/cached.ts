/**
 * Keeps what `read` answered for a key, until it is older than the caller can bear. What is missing is not kept, so
 * that something newly created is found at once. `now` is in epoch ms.
 */
export const cached = <Value>(read: (key: string) => Promise<Value | undefined>, now: () => number) => {
  const kept = new Map<string, { readonly value: Value; readonly at: number }>();
  return {
    /** `maxAge` in ms; 0 always reads. */
    async get(key: string, maxAge: number): Promise<Value | undefined> {
      const found = kept.get(key);
      if (found && maxAge > 0 && now() - found.at < maxAge) return found.value;
      const at = now();
      const value = await read(key);
      if (value === undefined) kept.delete(key);
      else kept.set(key, { value, at });
      return value;
    },
    forget: (key: string): void => void kept.delete(key),
  };
};
