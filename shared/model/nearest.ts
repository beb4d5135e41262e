/**
 * How many letters must be put in, left out, changed, or swapped with the next one to make one text of the other: the
 * distance by optimal string alignment.
 */
export const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Number.NaN) + 1 : Number.NaN;
      const least = Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      row.push(swapped < least ? swapped : least);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
};

const MOST_SLIPS = 2;

/** The known name that somebody most likely meant: two slips away at most, fewer in short words. Case is no slip. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const most = Math.min(MOST_SLIPS, Math.floor(name.length / 3));
  const near = [...new Set(known)]
    .map((one) => ({ one, slips: distance(name.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, slips }) => slips <= most && one !== name);
  return near.sort((a, b) => a.slips - b.slips || (a.one < b.one ? -1 : 1))[0]?.one;
};
