/** What the order of a list of members at risk is made from. */
export type Ranked = {
  readonly member: string;
  /** The score that their stage is about, now. */
  readonly score: number;
  /** Their last sign of life, epoch ms. */
  readonly activeAt: number | undefined;
};

/**
 * Worst first: the lowest score in whole points, as the reader sees it; among equals the longest silence; among these
 * the id, so that the order never depends on how the list was read.
 */
export const worstFirst = (a: Ranked, b: Ranked): number =>
  Math.round(a.score) - Math.round(b.score) ||
  (a.activeAt ?? 0) - (b.activeAt ?? 0) ||
  (a.member < b.member ? -1 : a.member > b.member ? 1 : 0);

/** Keeps the worst `most` of any number of members, and how many there were. */
export class Worst<Entry extends Ranked> {
  readonly most: number;
  #count = 0;
  #worst: Entry[] = [];

  constructor(most: number) {
    this.most = most;
  }

  add(entry: Entry): void {
    this.#count += 1;
    const last = this.#worst[this.most - 1];
    if (last && worstFirst(entry, last) >= 0) return;
    this.#worst = [...this.#worst, entry].toSorted(worstFirst).slice(0, this.most);
  }

  get count(): number {
    return this.#count;
  }

  get worst(): readonly Entry[] {
    return this.#worst;
  }
}
