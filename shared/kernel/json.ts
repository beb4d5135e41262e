export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const all: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const one = sorted(Reflect.get(value, key));
    // To assign this one name would set the prototype.
    if (key === '__proto__') Object.defineProperty(all, key, { value: one, enumerable: true });
    else all[key] = one;
  }
  return all;
};

/** JSON text with the keys of every object in code-unit order, so that equal values give equal text. */
export const canonicalJson = (value: object): string => JSON.stringify(sorted(value));

/** The value at a dotted path (`order.lines.0.sum`), or undefined where there is none. Own properties only. */
export const valueAt = (value: Json | undefined, path: readonly string[]): Json | undefined => {
  let here = value;
  for (const key of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined;
    here = (here as { [key: string]: Json })[key];
  }
  return here;
};

/** `valueAt` for one path, ready to be asked often. */
export const valueReader = (
  path: readonly string[],
): ((value: { readonly [key: string]: Json }) => Json | undefined) => {
  const [key, ...deeper] = path;
  if (key === undefined || deeper.length > 0) return (value) => valueAt(value, path);
  // What every object has by nature (`constructor` …) must be asked for with care; all else is there or is not.
  if (key in Object.prototype) return (value) => (Object.hasOwn(value, key) ? value[key] : undefined);
  return (value) => value[key];
};
