import * as z from 'zod';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `90m`, `12h`, `30d`, `2w`, with or without a plus, as ms. */
const span = z
  .string()
  .regex(/^\+?\d{1,5} ?[mhdw]$/, 'write for example 90m, 12h, 30d or 2w')
  .transform((text) => Number.parseInt(text.replace('+', ''), 10) * (units[text.at(-1) ?? ''] ?? 0));

const Wish = z.union([
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  z.strictObject({
    by: z.union([
      z
        .number()
        .positive()
        .max(3_652 * 86_400_000),
      span,
    ]),
  }),
]);

/** The instant that a request wants the clock moved to, epoch ms; undefined where it says none that is ahead. */
export const targetOf = (wish: unknown, now: number): number | undefined => {
  const read = Wish.safeParse(wish);
  if (!read.success) return undefined;
  const target = 'to' in read.data ? Date.parse(read.data.to) : now + read.data.by;
  return target > now ? target : undefined;
};
