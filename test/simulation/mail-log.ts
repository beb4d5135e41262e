import type { SendMessage } from '../../events/effect.ts';
import { ADDRESS_PREFIX, MAIL_PREFIX, memberOf } from '../../shared/aws/keys.ts';
import type { DynamodbCall } from './cloud/dynamodb-calls.ts';
import type { Mail, SentMail, SesCall } from './cloud/mail.ts';
import type { SqsCall } from './cloud/sqs-calls.ts';
import type { Tables } from './cloud/tables.ts';
import { addressPlace, erasedUpTo } from './graves.ts';
import { personsIn } from './known-person.ts';
import { tagOf } from './mail-tags.ts';
import { tableNames } from './names.ts';
import type { Person } from './oracle-person.ts';
import { TRACKING_SET } from './wiring.ts';
import type { Witness } from './witness.ts';

/** An instant by the world's clock and by that of whoever acts, epoch ms, and what could be known of the member then. */
export type Sight = { readonly at: number; readonly own: number; readonly persons: readonly Person[] };

/** What a message came to: sent, put off, or not to be sent. */
export type MailStep = {
  readonly kind: 'sent' | 'held' | 'skipped';
  readonly member: string;
  readonly effect: SendMessage;
  /** When it was claimed. */
  readonly claimed: Sight;
  /** When it was sent, put off or dropped. */
  readonly done: Sight;
  /** Why it was put off or dropped. */
  readonly why: string;
  /** Until when it was put off, epoch ms. */
  readonly until: number;
  /** Whether it was sent so that its reader is followed. */
  readonly tracked: boolean;
  /** The address that it was sent to. */
  readonly to: string;
  /** Whether the member had been erased when it was claimed. */
  readonly erased: boolean;
  /** The messages of the member that were under way or sent by then. */
  readonly others: readonly Underway[];
};

/** What was noted of an address: that a mail came back or was complained of, when that was, and when it was noted; epoch ms. */
export type Noted = {
  readonly kind: string;
  readonly mail: string;
  readonly at: number;
  readonly notedAt: number;
};

/** A message that was claimed, and what is known of it. */
export type Underway = { readonly effect: SendMessage; readonly sent: MailStep | undefined; readonly state: string };

type Row = { readonly state?: { S?: string }; readonly detail?: { S?: string }; readonly dueAt?: { N?: string } };
type Life = {
  claimed: Sight;
  erased: boolean;
  row: object | undefined;
  state: string;
  why: string;
  sent: MailStep | undefined;
};

const begun = (claimed: Sight): Life => ({
  ...{ claimed, erased: false, row: undefined, state: '', why: '', sent: undefined },
});

/**
 * Remembers of every message to a member when it was claimed, what could be known of the member then, and what came of
 * it, as it is seen on the wire.
 */
export const mailLog = (
  tables: Tables,
  mail: Pick<Mail, 'sent'>,
  { told, toldByTag }: Pick<Witness, 'told' | 'toldByTag'>,
  onHeld: (until: number) => void,
) => {
  const steps: MailStep[] = [];
  const lives = new Map<string, Map<string, Life>>();
  /** What was noted of addresses, by the partition of each. */
  const noted = new Map<string, Noted[]>();
  /** What was read of claims by whoever heard of an act, in order, by tag. */
  const reads = new Map<string, object[]>();
  const livesOf = (member: string) => {
    const its = lives.get(member) ?? new Map<string, Life>();
    lives.set(member, its);
    return its;
  };
  const messageOf = (member: string, id: string): SendMessage | undefined => {
    const effect = told.get(`${member} ${id}`)?.effect;
    return effect?.kind === 'message' ? effect : undefined;
  };

  const note = (
    effect: SendMessage,
    life: Life,
    step: Pick<MailStep, 'kind' | 'done' | 'why' | 'until' | 'to' | 'tracked'>,
  ) => {
    const { member } = effect;
    const erasedAt = erasedUpTo(tables, member);
    const others = [...livesOf(member)].flatMap(([id, { sent, state }]): Underway[] => {
      const other = id === effect.id ? undefined : messageOf(member, id);
      // Nothing that was there before counts against whoever comes back.
      return other && other.sequence > erasedAt ? [{ effect: other, sent, state }] : [];
    });
    const whole = {
      ...step,
      member,
      effect,
      claimed: life.claimed,
      erased: life.erased,
      others,
    };
    steps.push(whole);
    return whole;
  };

  const claimSeen = (member: string, id: string, row: Row & object, sight: () => Sight): void => {
    const effect = messageOf(member, id);
    if (!effect) return;
    const its = livesOf(member);
    const life = its.get(id) ?? begun(sight());
    its.set(id, life);
    if (life.row === row) return;
    const { state = { S: '' }, detail = { S: '' }, dueAt } = row;
    const before = life.state;
    life.row = row;
    life.state = state.S ?? '';
    life.why = detail.S ?? '';
    if (life.state === 'claimed') {
      life.claimed = sight();
      life.erased = effect.sequence <= erasedUpTo(tables, member);
    }
    const kind = life.state;
    if (before === kind || (kind !== 'held' && kind !== 'skipped')) return;
    const until = Number(dueAt?.N ?? Number.NaN);
    note(effect, life, { kind, done: sight(), why: life.why, until, to: '', tracked: false });
    if (kind === 'held') onHeld(until);
  };

  const mailSent = ({ tags, to: [to = ''], configurationSet }: SentMail, sight: (member: string) => Sight): void => {
    const effect = toldByTag.get(tags.mail ?? '')?.effect;
    if (effect?.kind !== 'message') return;
    const { member, id } = effect;
    const done = sight(member);
    const life = livesOf(member).get(id) ?? begun(done);
    livesOf(member).set(id, life);
    const tracked = configurationSet === TRACKING_SET;
    life.sent = note(effect, life, { kind: 'sent', done, why: '', until: Number.NaN, to, tracked });
  };

  const addressSeen = (place: string, note: Noted): void => {
    const before = noted.get(place) ?? [];
    const isKnown = before.some(({ kind, mail, at }) => kind === note.kind && mail === note.mail && at === note.at);
    if (!isKnown) noted.set(place, [...before, note]);
  };

  return {
    /** In the order in which they happened. */
    steps: steps as readonly MailStep[],
    /** Each claim as it was read, by tag and in order. */
    reads: reads as ReadonlyMap<string, readonly object[]>,
    /** What was noted of an address, in the order of noting. */
    notedOf: (address: string): readonly Noted[] => noted.get(addressPlace(tables, address)) ?? [],
    watch: (call: DynamodbCall | SqsCall | SesCall, at: number, own: number): void => {
      const sight = (member: string): Sight => ({ at, own, persons: personsIn(tables, member) });
      if (call.name === 'SendRawEmail') {
        const last = mail.sent.at(-1);
        if (last) mailSent(last, sight);
        return;
      }
      if (call.name === 'PutItem') {
        const { pk, kind = { S: '' }, mail = { S: '' }, at: happened } = call.input.Item ?? {};
        if (!pk?.S?.startsWith(ADDRESS_PREFIX)) return;
        addressSeen(pk.S, { kind: kind.S ?? '', mail: mail.S ?? '', at: Number(happened?.N), notedAt: at });
        return;
      }
      if (call.name !== 'UpdateItem' && call.name !== 'GetItem') return;
      const { pk, sk } = call.input.Key ?? {};
      if (pk?.S === undefined || !sk?.S?.startsWith(MAIL_PREFIX)) return;
      const { entry } = tables.tableAt(tableNames.MEMBERS_TABLE).at({ pk, sk });
      if (call.name === 'GetItem') {
        const tag = tagOf(pk.S, sk.S);
        if (entry) reads.set(tag, [...(reads.get(tag) ?? []), entry.item]);
        return;
      }
      const member = memberOf(pk.S);
      if (entry) claimSeen(member, sk.S.slice(MAIL_PREFIX.length), entry.item, () => sight(member));
    },
  };
};
export type MailLog = ReturnType<typeof mailLog>;
