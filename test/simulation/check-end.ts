import { DIGESTS } from '../../shared/aws/keys.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import { START } from './batch.ts';
import { isOwnWord } from './check-choices.ts';
import { checkErased } from './check-erased.ts';
import { checkFollowed, isOfAct } from './check-followed.ts';
import { checkClaim, checkMails } from './check-mails.ts';
import { checkReports } from './check-reports.ts';
import { checkStanding } from './check-standing.ts';
import type { Findings } from './finding.ts';
import { erasedUpTo } from './graves.ts';
import { takenByTag } from './mail-tags.ts';
import { OWN } from './oracle-person.ts';
import { digestsIn, type MemberRecord, membersIn, modelsIn, quarantineIn } from './records.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedWorld } from './world.ts';

/** The ledgers hold what was accepted, once, and nothing that was never sent. */
const checkLedgers = ({ demand }: Findings, world: SimulatedWorld, records: readonly MemberRecord[]): void => {
  const { book } = world;
  const lying = new Map(
    records.flatMap(({ member, ledger }) =>
      ledger.map((event) => [JSON.stringify([member, event.source, event.id]), canonicalJson(event)] as const),
    ),
  );
  for (const [key, { member, accepted, contents, times }] of book.entries) {
    const there = lying.get(key);
    const isErased = Math.min(...times) <= erasedUpTo(world.cloud.tables, member);
    demand(there !== undefined || !accepted || isErased, 'nothing-lost', () => `${key} was accepted, and is not there`);
    const isSame = there === undefined || contents.has(there);
    demand(isSame, 'nothing-foreign', () => `${key} is ${there}, and was sent as ${[...contents].join(' or ')}`);
  }
  for (const { member, ledger } of records) {
    for (const { source, id, type } of ledger) {
      const key = JSON.stringify([member, source, id]);
      // Which acts count is looked at by itself.
      const isOwn = isOfAct(type) || type === 'event.retracted' ? world.acts.length > 0 : isOwnWord(world, member);
      const isSaid = source === OWN ? isOwn : book.entries.has(key);
      demand(isSaid, 'nothing-foreign', () => `${key} was never sent`);
    }
  }
};

/** What must hold whenever all has come to rest. */
export const checkEnd = (world: SimulatedWorld, findings: Findings, scenario: Scenario) => {
  const { demand } = findings;
  const { cloud, clock, trace } = world;
  return {
    demand,
    found: findings.found,
    /** @param isCurrent whether everybody was looked at since the model was published */
    all: (when: string, isCurrent = false): void => {
      trace.note(`checks ${when}`);
      const records = membersIn(cloud);
      const published = modelsIn(cloud);
      const [first, ...later] = scenario.models;
      const changed = later.length > 0 || first === undefined || first.at > START || world.doubts.has('publishing');
      checkLedgers(findings, world, records);
      for (const record of records) {
        if (record.ledger.length === 0 && !record.snapshot) continue;
        const version = record.snapshot?.madeBy.model ?? 0;
        const isNow = !isCurrent || (version === published.current && record.snapshot?.madeBy.format === FORMAT);
        demand(isNow, 'model-forwards', () => `${record.member} is of model ${version}, not ${published.current}`);
        checkStanding(findings, published.of(version), record, clock.now);
        checkMails(findings, world, { of: published.of, changed }, record);
      }
      checkErased(findings, world);
      checkReports(findings, world);
      checkFollowed(findings, world);
      const taken = takenByTag(world);
      const inDoubt = world.doubts.has('deliver');
      if (isCurrent) {
        for (const { key, state, until } of digestsIn(cloud)) {
          checkClaim(findings, world, { key: [DIGESTS, key], state, until, inDoubt }, taken);
        }
      }
      const garbage = canonicalJson([...new Set(scenario.garbage.map(({ body }) => body))].sort());
      const aside = canonicalJson(quarantineIn(cloud).sort());
      demand(aside === garbage, 'quarantine', () => `${aside} was set aside, not ${garbage}`);
    },
  };
};
