import * as z from 'zod';
import { ActivityMessage } from '../../events/activity-message.ts';
import { type Effect, EffectMessage } from '../../events/effect.ts';
import { memberKey, SNAPSHOT } from '../../shared/aws/keys.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import type { DynamodbCall } from './cloud/dynamodb-calls.ts';
import type { SesCall } from './cloud/mail.ts';
import type { SqsCall } from './cloud/sqs-calls.ts';
import type { Tables } from './cloud/tables.ts';
import { tagOfMail } from './mail-tags.ts';
import { snapshotIn } from './records.ts';

/** An effect that was told, and whether another was told under its id. */
export type Told = { readonly effect: Effect; readonly text: string; copies: number; differs: boolean };

/** A snapshot that was written over another, by an instance at that instant of its own clock, epoch ms. */
export type Written = { readonly before: Snapshot | undefined; readonly after: Snapshot; readonly own: number };

const Sent = z.object({ Successful: z.array(z.object({ Id: z.string() })) });

/** Remembers what crossed the wire, for the checks at the end. */
export const witness = (effectsUrl: string) => {
  const told = new Map<string, Told>();
  const toldByTag = new Map<string, Told>();
  const ages = new Map<string, number>();
  const latest = new Map<string, Snapshot>();
  const written = new Map<string, Written[]>();
  const backwards: string[] = [];
  const stale = new Set<string>();
  const erasures = new Map<string, number[]>();

  const tell = (body: string): void => {
    const effect = EffectMessage.parse(JSON.parse(body));
    // It was told when it was decided.
    if (effect.kind === 'held' || effect.kind === 'held-digest') return;
    // It was made from what was read at that instant, and a second start of the run reads later.
    if (effect.kind === 'digest') return;
    const key = `${effect.member} ${effect.id}`;
    const text = canonicalJson(effect);
    const before = told.get(key);
    if (!before) {
      const one = { effect, text, copies: 1, differs: false };
      told.set(key, one);
      if (effect.kind !== 'move') toldByTag.set(tagOfMail(effect.member, effect.id), one);
    } else {
      before.copies++;
      if (before.text !== text) before.differs = true;
    }
  };

  /** What the activity queue was asked to erase. */
  const erase = (body: string): void => {
    const message = ActivityMessage.safeParse(JSON.parse(body)).data;
    if (message?.kind !== 'erasure') return;
    erasures.set(message.member, [...(erasures.get(message.member) ?? []), message.at]);
  };

  return {
    /** Snapshots that went back to an older version, or an older model. */
    backwards: backwards as readonly string[],
    /** Every snapshot of each member, in the order in which they were written. */
    written: written as ReadonlyMap<string, readonly Written[]>,
    /** Looks at every snapshot there is, at an instant of the clock of whoever wrote last. */
    snapshots: (tables: Tables, own: number): void => {
      for (const member of ages.keys()) {
        const key = { pk: { S: memberKey(member) }, sk: { S: SNAPSHOT } };
        const { entry } = tables.tableAt('members').at(key);
        const before = latest.get(member);
        // Whoever was erased may begin anew, be it by somebody who stood still meanwhile.
        if (!entry && erasures.has(member)) latest.delete(member);
        if (!entry || String(before?.version) === entry.item.version?.N) continue;
        const after = snapshotIn(entry.item);
        latest.set(member, after);
        written.set(member, [...(written.get(member) ?? []), { before, after, own }]);
        if (before && (before.version > after.version || before.madeBy.model > after.madeBy.model)) {
          const [was, is] = [before, after].map(({ version, madeBy }) => `version ${version} of model ${madeBy.model}`);
          backwards.push(`${member}: ${is} after ${was}`);
        }
      }
    },
    /** Indexes that have shown what was. */
    stale,
    /** By member and id of the effect. */
    told: told as ReadonlyMap<string, Told>,
    /** Those that ask for mails, by the tag of the mail. */
    toldByTag: toldByTag as ReadonlyMap<string, Told>,
    /** The greatest age, in ms, that an event of a member ever had when it was looked at. */
    ages: ages as ReadonlyMap<string, number>,
    /** Who was to be erased, and at which instants (epoch ms), by the clock of whoever asked for it. */
    erasures: erasures as ReadonlyMap<string, readonly number[]>,
    watch: (call: DynamodbCall | SqsCall | SesCall, answer: unknown): void => {
      if (call.name !== 'SendMessageBatch') return;
      const hear = call.input.QueueUrl === effectsUrl ? tell : erase;
      const taken = new Set(Sent.parse(answer).Successful.map(({ Id }) => Id));
      for (const { Id = '', MessageBody = '' } of call.input.Entries ?? []) if (taken.has(Id)) hear(MessageBody);
    },
    lookedAt: (member: string, age: number): void => void ages.set(member, Math.max(ages.get(member) ?? 0, age)),
  };
};
export type Witness = ReturnType<typeof witness>;
