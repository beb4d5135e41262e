import * as z from 'zod';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import type { PreviewHead, PreviewStore } from '../../shared/aws/preview-store.ts';
import { type CensusDeps, type Counting, workOn } from '../../shared/census/work-on.ts';
import { type Choices, withOwnWords } from '../../shared/mailing/choices.ts';
import type { Heard, Whom } from '../../shared/mailing/heard.ts';
import { trialsOf } from '../../shared/mailing/measuring/trials.ts';
import { type Comparison, openBook } from '../../shared/preview/book.ts';
import { added, NO_TALLY, type Tally } from '../../shared/preview/tally.ts';
import { firstIdOf, NO_PROFILE, withEvent } from '../../shared/scoring/profile.ts';
import { NOTHING_IN_FORCE, type PublishedModel } from '../../shared/scoring/published-model.ts';

/** What everybody is looked at for: a part of it to be worked on. `at` tells runs of the same question apart. */
export const CensusTask = z.object({
  kind: z.enum(['preview', 'report']),
  id: z.string(),
  at: z.int(),
  part: z.int().nonnegative(),
});
export type CensusTask = z.infer<typeof CensusTask>;

/** All there is to know of a member: their events with what they have said themselves, and what was heard of them. */
type Known = { readonly events: readonly ActivityEvent[]; readonly heard: Heard };

export type PreviewDeps = Pick<PreviewStore, 'get' | 'part' | 'keepPart'> &
  Pick<CensusDeps<PreviewHead, Tally, Known>, 'membersIn' | 'now'> &
  Pick<MemberStore, 'ledger'> & {
    /** The draft of a preview; undefined where it was removed. */
    readonly draft: (id: string) => Promise<Omit<PublishedModel, 'version'> | undefined>;
    readonly modelVersion: (version: number) => Promise<PublishedModel | undefined>;
    /** What the member has said themselves, as it is now. */
    readonly choices: (member: string) => Promise<Choices | undefined>;
    /** What is known of a member beside their events. */
    readonly heard: (whom: Whom, trials: readonly string[]) => Promise<Heard>;
    /** The organisation's IANA time zone. */
    readonly zone: string;
  };

/** The trials of either model. */
const trialsIn = ({ current, draft }: Comparison): readonly string[] => {
  const of = ({ model }: Comparison['draft']) => model.messages.flatMap(({ id }) => trialsOf(model, id));
  return [...new Set([current, draft].flatMap(of).map(({ id }) => id))];
};

const known = async (
  { ledger, choices, heard }: PreviewDeps,
  member: string,
  trials: readonly string[],
): Promise<Known> => {
  const [told, own] = await Promise.all([ledger(member), choices(member)]);
  const addresses = [...new Set(told.flatMap(({ email }) => email ?? []))];
  const firstId = firstIdOf(told.reduce(withEvent, NO_PROFILE));
  return {
    events: own ? withOwnWords(member, told, own) : told,
    heard: await heard({ member, firstId, addresses }, trials),
  };
};

const counting = async (
  deps: PreviewDeps,
  { id, current: version, from, at }: PreviewHead,
): Promise<Counting<Tally, Known> | undefined> => {
  const inForce = version === 0 ? NOTHING_IN_FORCE : deps.modelVersion(version);
  const [draft, current] = await Promise.all([deps.draft(id), inForce]);
  if (!draft || !current) return undefined;
  const compared: Comparison = { current, draft, span: { from, at }, zone: deps.zone };
  const trials = trialsIn(compared);
  return {
    find: (member) => known(deps, member, trials),
    book: () => {
      const { add, tally } = openBook(compared);
      return { add: (member, { events, heard }) => add(member, events, heard), tally };
    },
    none: NO_TALLY,
    added,
  };
};

/** Works on a part of a preview: every member's ledger under two models. */
export const workOnPreview = (deps: PreviewDeps) =>
  workOn<PreviewHead, Tally, Known>({ ...deps, counting: (head) => counting(deps, head) });

type Works = Readonly<Record<CensusTask['kind'], (task: CensusTask) => Promise<boolean>>>;

/** A step of the state machine: tells it whether the part is done. */
export const workOnTask =
  (works: Works) =>
  async (task: CensusTask): Promise<CensusTask & { readonly done: boolean }> => ({
    ...task,
    done: await works[task.kind](task),
  });
