import * as z from 'zod';

/** A word that a system uses for one of several things: `legal-advice`, `2026-05-01`. */
export const Code = z.string().min(1).max(100);
export const Text = z.string().max(500);
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'three capital letters, for example EUR');
