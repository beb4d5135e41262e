import type { Activity } from '../../events/envelope.ts';
import { type Batch, SOURCES } from './batch.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a source sends of one event, and when, epoch ms. */
export type Sent = { readonly at: number; readonly source: string; readonly item: Activity };

/**
 * In a quarter of the seeds sources take back some of what they have sent: also before it arrives, also twice, at any
 * time; and now and then what another source has sent, or a retraction, which changes nothing. From a stream of its own,
 * so that all other seeds stay what they were.
 */
export const drawRetractions = ({ chance, pick, below }: Random, sent: readonly Sent[]): readonly Batch[] => {
  if (!chance(1 / 4)) return [];
  const other = (source: string) => SOURCES.find((one) => one !== source) ?? source;
  return sent.flatMap(({ at, source, item }) => {
    if (!chance(0.2)) return [];
    const happened = Date.parse(item.time);
    const back = (id: string, of: string, by = source): Batch => {
      const sentAt = Math.max(happened, at + pick([-6 * HOUR, -1000, 0, 1000, HOUR, below(10 * DAY)]));
      const time = pick([happened, happened - 1, happened - below(10 * DAY), happened + below(sentAt - happened + 1)]);
      const data = { id: of };
      const retraction = { id, type: 'event.retracted', member: { id: item.member.id }, data };
      return {
        at: sentAt,
        source: by,
        items: [{ ...retraction, time: new Date(time).toISOString() }],
        tries: undefined,
      };
    };
    const id = `${item.id} back`;
    return [
      chance(0.15) ? back(id, item.id, other(source)) : back(id, item.id),
      ...(chance(0.3) ? [back(`${id} again`, item.id)] : []),
      ...(chance(0.2) ? [back(`${id} and forth`, id)] : []),
    ];
  });
};
