import type { ActivityEvent } from '../../events/envelope.ts';
import type { Position } from './standing.ts';

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The canonical order of a member's events: by time, then source, then id (by UTF-16 code units). */
export const comparePositions = (a: Position, b: Position): number =>
  a.time - b.time || order(a.source, b.source) || order(a.id, b.id);

export const positionOf = ({ time, source, id }: ActivityEvent): Position => ({ time, source, id });
