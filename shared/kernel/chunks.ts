/** The list in parts of at most `size`. */
export const chunks = <Item>(list: readonly Item[], size: number): Item[][] => {
  const parts: Item[][] = [];
  for (let i = 0; i < list.length; i += size) parts.push(list.slice(i, i + size));
  return parts;
};
