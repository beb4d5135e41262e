/** Names how something is closed, when the time comes. */
export type Later = (close: () => unknown) => void;

/** What has been opened, to be closed the other way round. One that fails does not keep the others open. */
export const closers = () => {
  const open: (() => unknown)[] = [];
  return {
    later: ((close) => void open.push(close)) satisfies Later,
    closeAll: async (): Promise<void> => {
      for (let close = open.pop(); close; close = open.pop()) {
        try {
          await close();
        } catch {
          // It is gone already.
        }
      }
    },
  };
};
