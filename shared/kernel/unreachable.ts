/** For the `default` of a switch over a closed set: a forgotten case does not compile. */
export const unreachable = (value: never): never => {
  throw new Error(`Unreachable case: ${typeof value}`);
};
