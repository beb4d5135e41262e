/**
 * Something asked of a double that it does not model. Never an answer of the cloud: handlers may take a failed call in
 * their stride, so every double also keeps these in its `misuse`, where whoever drives it must look.
 */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

/** Throws where an input has a parameter that the double would pass over in silence. */
export const knowing = (known: ReadonlySet<string>, input: object): void => {
  for (const name in input) {
    if (!known.has(name) && Reflect.get(input, name) !== undefined)
      throw new NotUnderstood(`The parameter ${name} is not modelled`);
  }
};
