import { describe, expect, it } from 'vitest';
import { keepingLatest } from '../../shared/kernel/keeping-latest.ts';

describe('a function that remembers', () => {
  const watched = (most: number) => {
    const made: string[] = [];
    const make = keepingLatest((text: string) => {
      made.push(text);
      return { text };
    }, most);
    return { make, made };
  };

  it('makes the same thing once', () => {
    const { make, made } = watched(2);
    expect(make('a')).toBe(make('a'));
    expect(made).toEqual(['a']);
  });

  it('forgets what was longest not asked for', () => {
    const { make, made } = watched(2);
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) expect(make(text)).toEqual({ text });
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });
});
