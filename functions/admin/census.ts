import type { CensusHead } from '../../shared/aws/census-store.ts';
import type { Part } from '../../shared/census/work-on.ts';
import { DAY } from '../../shared/kernel/duration.ts';

/** Parts of the table, each worked on by itself. */
export const PARTS = 32;
export const KEPT_FOR = 7 * DAY;
/** For so long an answer counts as fresh, ms. */
const FRESH_FOR = 3_600_000;
/** Work that nobody heard of for so long, ms, has died. It says something every few seconds. */
const SILENT_FOR = 180_000;

type Store<Head, Tally> = {
  readonly parts: (head: Head) => Promise<readonly Part<Tally>[]>;
  readonly startAgain: (head: Head, startedAt: number) => Promise<boolean>;
};
type Deps<Head, Tally> = {
  readonly store: Store<Head, Tally>;
  /** Has the parts worked on. The same name again is the same run. */
  readonly start: (name: string, input: object) => Promise<void>;
  readonly now: () => number;
};

/** What is common to the questions about everybody: they are worked on elsewhere, and whoever asks again finds them. */
export const census = <Head extends CensusHead, Tally>(
  kind: 'preview' | 'report',
  { store, start: startRun, now }: Deps<Head, Tally>,
) => {
  const isDone = ({ parts }: Head, found: readonly Part<Tally>[]): boolean =>
    found.length === parts && found.every(({ done }) => done);
  const isStalled = ({ startedAt }: Head, found: readonly Part<Tally>[]): boolean =>
    now() - Math.max(startedAt, ...found.map(({ heardAt }) => heardAt)) > SILENT_FOR;

  const start = ({ id, at, attempt, parts }: Head): Promise<void> =>
    startRun(`${id}-${at}-${attempt}`, {
      parts: Array.from({ length: parts }, (_, part) => ({ kind, id, at, part })),
    });

  return {
    start,
    /** How far it has come. */
    async state(head: Head) {
      const parts = await store.parts(head);
      const done = isDone(head, parts);
      return { parts, done, stalled: !done && isStalled(head, parts) };
    },
    /** What there is already stays as it is where it lives, and is started again where it died. */
    async goOn(head: Head): Promise<void> {
      const parts = await store.parts(head);
      if (isDone(head, parts) || !isStalled(head, parts)) return;
      if (await store.startAgain(head, now())) await start({ ...head, attempt: head.attempt + 1 });
    },
    async isFresh(head: Head): Promise<boolean> {
      return now() - head.at < FRESH_FOR || !isDone(head, await store.parts(head));
    },
  };
};
