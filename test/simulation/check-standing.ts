import { canonicalJson } from '../../shared/kernel/json.ts';
import { advance, due } from '../../shared/scoring/advance.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { gradeAt } from '../../shared/scoring/grade.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import type { Standing } from '../../shared/scoring/standing.ts';
import type { Findings } from './finding.ts';
import { consult, type Found } from './oracle.ts';
import type { MemberRecord, Published } from './records.ts';

const NEAR = 1e-9;

const stagesOf = ({ stages }: Found) =>
  canonicalJson(Object.fromEntries([...stages].map(([journey, { stage, since }]) => [journey, { stage, since }])));

const personOf = ({ person, activeAt }: Found) =>
  canonicalJson({
    attributes: Object.fromEntries(person.attributes),
    consents: Object.fromEntries(person.consents),
    email: person.email,
    joinedAt: person.joinedAt,
    leftAt: person.leftAt,
    activeAt,
  });

const profileOf = ({ profile, activeAt }: Standing) => {
  const { attributes, consents, email, joinedAt, leftAt } = profile;
  return canonicalJson({ attributes, consents, email, joinedAt, leftAt, activeAt });
};

/** Whether a standing says the same as the oracle, at an instant (epoch ms) up to which it was advanced; what that says. */
export const agrees = (
  { demand }: Findings,
  { document, compiled }: Published,
  record: Pick<MemberRecord, 'member' | 'ledger'>,
  standing: Standing,
  at: number,
): Found => {
  const found = consult(document, record.ledger, at);
  if (found.close) return found;
  const { member } = record;
  for (const { id } of document.scores) {
    const [ours, theirs] = [scoreAt(compiled, standing, id, at), found.score(id, at)];
    demand(Math.abs(ours - theirs) <= NEAR, 'oracle', () => `${member}: ${id} is ${ours}, not ${theirs}`);
  }
  for (const grade of compiled.grades.values()) {
    const [ours, theirs] = [gradeAt(compiled, grade, standing, at), found.grade(grade.id, at)];
    const isRight = theirs === undefined || ours === theirs;
    demand(isRight, 'oracle', () => `${member} at ${at}: ${grade.id} is ${ours}, not ${theirs}`);
  }
  const [stages, right] = [canonicalJson(standing.stages), stagesOf(found)];
  demand(stages === right, 'oracle', () => `${member} at ${at}: stages ${stages}, not ${right}`);
  const [profile, person] = [profileOf(standing), personOf(found)];
  demand(profile === person, 'oracle', () => `${member}: ${profile}, not ${person}`);
  const next = due(compiled, standing);
  demand(next === found.due, 'due', () => `${member}: due ${next}, not ${found.due}`);
  return found;
};

/** What must hold of the stored standing of a member, whenever nothing is on its way; `now` in epoch ms. */
export const checkStanding = (findings: Findings, published: Published, record: MemberRecord, now: number): void => {
  const { demand } = findings;
  const { member, ledger, snapshot } = record;
  demand(snapshot !== undefined, 'refold', () => `${member} has a ledger and no snapshot`);
  if (!snapshot) return;
  const { announced, dueAt, madeBy, events } = snapshot;
  const standing = fold(published.compiled, ledger);
  const [stored, anew] = [canonicalJson(snapshot.standing), canonicalJson(standing)];
  // What other code has left is void until somebody looks at the member again.
  demand(stored === anew || madeBy.format !== FORMAT, 'refold', () => `${member}: ${stored}, not ${anew}`);
  const isWhole = events === ledger.length || madeBy.format !== FORMAT;
  demand(isWhole, 'refold', () => `${member}: a snapshot of ${events} events, not of ${ledger.length}`);
  const present = advance(published.compiled, standing, now).standing;
  const found = agrees(findings, published, record, present, Math.max(now, standing.asOf));
  if (found.close) return;
  for (const journey of new Set([...Object.keys(announced), ...found.stages.keys()])) {
    const [told, holds] = [announced[journey]?.stage ?? null, found.stages.get(journey)?.stage ?? null];
    demand(told === holds, 'announced', () => `${member} was told to be in ${told} of ${journey}, and is in ${holds}`);
  }
  const inTime = found.due === undefined || (dueAt !== undefined && dueAt <= found.due);
  demand(inTime, 'index', () => `${member} is due at ${found.due}, and in the index at ${dueAt}`);
  demand(dueAt === undefined || dueAt > now, 'index', () => `${member} has been due since ${dueAt}`);
};
