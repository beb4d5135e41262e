import type { ActivityEvent } from '../../events/envelope.ts';
import { activityOf } from '../../events/index.ts';
import { type Fault, faultsOf, problemDetails } from '../../shared/api/problem.ts';
import { MAX_ITEM_BYTES } from '../../shared/api/webhooks.ts';
import type { Json } from '../../shared/kernel/json.ts';

/** By how much a source's clock may be ahead of ours, ms. */
const AHEAD = 5 * 60_000;
const EARLIEST = Date.UTC(1900, 0, 1);

export type Reading = { readonly event: ActivityEvent } | { readonly refusal: ReturnType<typeof problemDetails> };

const invalid = (errors: Fault[]): Reading => ({ refusal: problemDetails(422, undefined, { errors }) });

const timeFault = (time: number, now: number): string | undefined => {
  if (Number.isNaN(time)) return 'is not a time';
  if (time > now + AHEAD) return 'is more than five minutes ahead';
  return time < EARLIEST ? 'is before 1900' : undefined;
};

/** One item of a request as an event of the source, or why it is refused. `now` is in epoch ms. */
export const readItem = (item: Json, source: string, now: number): Reading => {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) {
    return invalid([{ pointer: '', message: 'An event is a JSON object' }]);
  }
  if (Buffer.byteLength(JSON.stringify(item)) > MAX_ITEM_BYTES) {
    return { refusal: problemDetails(413, `An event may have ${MAX_ITEM_BYTES} bytes`) };
  }
  const read = activityOf(item.type).safeParse({ data: {}, ...item });
  if (!read.success) return invalid(faultsOf(read.error));
  const { id, type, member, data } = read.data;
  const time = Date.parse(read.data.time);
  const fault = timeFault(time, now);
  if (fault !== undefined) return invalid([{ pointer: '/time', message: fault }]);
  const email = member.email === undefined ? {} : { email: member.email };
  return { event: { source, id, type, member: member.id, ...email, time, data } };
};
