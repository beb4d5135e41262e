export type Which = 'before' | 'after';

export const union = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
export const rounded = (value: number): number => Math.round(value * 100) / 100;
