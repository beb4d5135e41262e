import { TAG_INDEX } from '../../shared/aws/keys.ts';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import type { Findings } from './finding.ts';
import type { PostedAct } from './followed-acts.ts';
import { actsIn, arrivalIn, isLook, isPersons, isSame } from './followed-persons.ts';
import { OWN } from './oracle-person.ts';
import { notTakenBack } from './oracle-retractions.ts';
import { membersIn } from './records.ts';
import type { SimulatedWorld } from './world.ts';

/*
 * Which opens and clicks must count and which must not, reckoned from what was reported and what was agreed to. More acts
 * beside one only ever make a machine of it: so what passes for a person's among all must count, once for each link, and
 * what is a machine's by all that was noted with the mail in the end must not, however late the rest of it was reported.
 */

/** Longer than anybody is between looking at the clock and writing, whatever the clock. */
const SLACK = 25 * 60_000;

export const isOfAct = (type: string): boolean => type === 'email.opened' || type === 'email.clicked';

/** Whether an event may tell of an act: it is named by it, and by how many machines did the same before. */
const isToldAs = (
  { tag, key, at }: PostedAct,
  id: string,
  { acts, reported }: Pick<SimulatedWorld, 'acts' | 'reported'>,
): boolean => {
  const before = acts.filter((one) => one.tag === tag && one.key === key && one.at < at);
  const scans = reported.filter((one) => one.tag === tag && isLook(one) && one.at < at);
  const most = new Set([...before, ...scans].map((one) => one.at)).size;
  return Array.from({ length: most + 1 }, (_, i) => `${tag}-${key}-${at}${i === 0 ? '' : `-${i}`}`).includes(id);
};

/** What must hold of opens and clicks when all has come to rest. */
export const checkFollowed = ({ demand }: Findings, world: SimulatedWorld): void => {
  const { cloud, acts, reported } = world;
  const byTag = Map.groupBy(acts, ({ tag }) => tag);
  const sentAt = new Map(cloud.mail.sent.map(({ tags, at }) => [tags.mail ?? '', at]));
  const deliveredAt = new Map(reported.flatMap(({ type, tag, at }) => (type === 'Delivery' ? [[tag, at]] : [])));
  const isHidden = cloud.witness.stale.has(TAG_INDEX.name);

  for (const { member, ledger, chosen } of membersIn(cloud)) {
    // What they have said themselves holds from when it is written, though the ledger may never be told of it.
    const words = [...ledger, ...chosen].filter(
      ({ type, data }) => type.startsWith('consent.') && data.purpose === 'tracking',
    );
    const counted = notTakenBack(ledger).filter(({ source, type }) => source === OWN && isOfAct(type));
    const things = new Set<string>();
    const folded = (cloud.witness.written.get(member) ?? []).flatMap(({ after, own }) => {
      const said = after.madeBy.format === FORMAT ? after.standing.profile.consents.tracking : undefined;
      return said ? [{ said, own }] : [];
    });
    for (const { id, time, type } of counted) {
      const name = `${member} ${id} of ${time}`;
      const act = acts.find((one) => isToldAs(one, id, world) && one.at === time && !one.isRobot);
      const isRight = act !== undefined && type === (act.kind === 'open' ? 'email.opened' : 'email.clicked');
      demand(isRight, 'followed', () => `${name} was done by no person`);
      if (!act) continue;
      const thing = `${act.tag}-${act.key}`;
      demand(!things.has(thing), 'followed', () => `${name} counts, and so does another of the same`);
      things.add(thing);
      const hasAgreed = words.some((word) => word.type === 'consent.given' && word.time <= time);
      demand(hasAgreed, 'followed', () => `${name} counts without consent`);
      const firstTold = Math.min(
        ...acts.filter((one) => one.tag === act.tag && isSame(one, act)).map((one) => one.postedAt),
      );
      const no = folded.findLast(({ said, own }) => !said.given && own + SLACK < firstTold)?.said;
      const isTakenBack = no && !words.some((word) => word.type === 'consent.given' && word.time > no.at);
      demand(!isTakenBack, 'followed', () => `${name} counts after a no of ${no?.at}`);
      const last = cloud.mails.reads.get(act.tag)?.at(-1);
      const noted = last ? actsIn(last) : [];
      const arrivedAt = (last && arrivalIn(last)) ?? sentAt.get(act.tag) ?? 0;
      const isPerson = noted.some((one) => isSame(one, act)) && isPersons(act, noted, arrivedAt);
      // Of whoever was erased the claims are gone with all that stood there.
      const isErased = cloud.witness.erasures.has(member);
      demand(isPerson || isErased, 'followed', () => `${name} counts, and was a machine's`);
    }

    // What an index hides is not looked for again, and of whoever was erased some is gone.
    const isGone = cloud.witness.erasures.has(member);
    if (isHidden || isGone || words.some(({ type }) => type === 'consent.withdrawn')) continue;
    for (const [tag, its] of byTag) {
      if (cloud.witness.toldByTag.get(tag)?.effect.member !== member) continue;
      const persons = its.filter(({ isRobot }) => !isRobot);
      const reports = reported.filter((one) => one.tag === tag && isLook(one));
      // SES tells of these at other links, too soon for a person.
      const others = reports.map(({ type, at }) => ({ key: type === 'Open' ? 'open' : 'other', at }));
      const arrivedAt = deliveredAt.get(tag) ?? sentAt.get(tag) ?? 0;
      for (const act of persons) {
        const isSure = folded.some(({ said, own }) => said.given && said.at <= act.at && own + SLACK < act.postedAt);
        if (!isSure || !isPersons(act, [...persons, ...others], arrivedAt)) continue;
        const isCounted = counted.some(({ id }) => id.startsWith(`${tag}-${act.key}-`));
        demand(isCounted, 'followed', () => `${member}: ${tag}-${act.key} of ${act.at} does not count`);
      }
    }
  }
};
