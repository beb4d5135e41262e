import { forbids } from './check-choices.ts';
import type { Cloud } from './cloud.ts';
import type { ContactCap, ContactPolicy, Document } from './document.ts';
import type { Findings } from './finding.ts';
import type { MailStep, Underway } from './mail-log.ts';
import { BARS, barredSince, isBarredFor } from './oracle-bounces.ts';
import { memberFits, ms } from './oracle-conditions.ts';
import { firstDecent, isDecent, isZone } from './oracle-hours.ts';
import type { Person } from './oracle-person.ts';
import { ZONE } from './wiring.ts';
import type { SimulatedWorld } from './world.ts';

/*
 * What the contact policy of a model has to say of every message that was sent, put off or dropped: reckoned anew from
 * its definition (docs/messages.md). When a function decided, is known only to lie between its claim and what it did,
 * by its own clock; what it knew of the member is one of the persons that could be known in between. So a message is
 * wrong where none of these makes it right.
 */

type Message = Document['messages'][number];
type Scene = {
  readonly step: MailStep;
  readonly document: Document;
  readonly policy: ContactPolicy | undefined;
  readonly message: Message;
  readonly persons: readonly Person[];
  /** Instants at which it may have been decided, the first and the last among them. */
  readonly instants: readonly number[];
};

const MINUTE = 60_000;
const GAP = '1 hour';

const instantsOf = ({ claimed, done }: MailStep): number[] => {
  const [from, until] = [claimed.own, Math.max(claimed.own, done.own)];
  const between: number[] = [];
  for (let at = (Math.floor(from / MINUTE) + 1) * MINUTE; at < until; at += MINUTE) between.push(at);
  return [from, ...between, until];
};

const zoneOf = ({ attributes }: Person): string => {
  const zone = attributes.get('timeZone');
  return typeof zone === 'string' && isZone(zone) ? zone : ZONE;
};

const zonesOf = ({ persons }: Scene): string[] => [...new Set(persons.map(zoneOf))];

const last = (instants: readonly number[]): number => instants.at(-1) ?? Number.NaN;
const first = (instants: readonly number[]): number => instants[0] ?? Number.NaN;

/** The longest time that can lie between the decisions about two messages. */
const farthest = (scene: Scene, { claimed, done }: MailStep): number =>
  Math.max(last(scene.instants) - claimed.own, done.own - first(scene.instants));
/** The shortest. */
const nearest = (scene: Scene, { claimed, done }: MailStep): number =>
  Math.max(0, first(scene.instants) - done.own, claimed.own - last(scene.instants));

const mayHold = (cap: ContactCap, { persons, instants }: Scene): boolean[] => {
  const { when } = cap;
  if (when === undefined) return [true];
  const nothing = {
    score: () => Number.NaN,
    grade: () => '',
    past: [],
    stages: new Map(),
    zone: ZONE,
    activeAt: undefined,
  };
  return persons.flatMap((person) =>
    [first(instants), last(instants)].map((at) => memberFits(when, { ...nothing, person, at })),
  );
};

const isFor = (purposes: readonly string[] | undefined, purpose: string | undefined): boolean =>
  purposes === undefined || (purpose !== undefined && purposes.includes(purpose));

const purposeOf = ({ messages }: Document, id: string): string | undefined =>
  messages.find((message) => message.id === id)?.purpose;

/** The other messages that were sent for certain, as long as one model alone decided. */
const sentOf = ({ step, document }: Scene): { readonly sent: MailStep; readonly purpose: string | undefined }[] => {
  const sent = step.others.flatMap(({ sent }) => sent ?? []);
  const isOfOne = sent.every(({ effect }) => effect.model === step.effect.model);
  return isOfOne ? sent.map((one) => ({ sent: one, purpose: purposeOf(document, one.effect.message) })) : [];
};

/** Whether another message may count: it was sent, or somebody is or was about to send it. */
const mayCount = ({ sent, state }: Underway): boolean => sent !== undefined || !['held', 'skipped'].includes(state);

const isDecentSomewhere = (scene: Scene): boolean => {
  const { policy, message, instants } = scene;
  return zonesOf(scene).some((zone) => instants.some((at) => isDecent(at, zone, message.purpose, policy?.decentHours)));
};

const checkSent = ({ demand }: Findings, scene: Scene): void => {
  const { step, policy, message, persons } = scene;
  const { effect, done } = step;
  const name = `${effect.member} ${effect.id} (${effect.message}, ${new Date(done.at).toISOString()})`;
  const sent = sentOf(scene);
  const mayAgree =
    message.purpose === 'service' || persons.some(({ consents }) => consents.get(message.purpose)?.given === true);
  demand(mayAgree, 'consent', () => `${name} was sent without consent to ${message.purpose}`);
  demand(isDecentSomewhere(scene), 'hours', () => `${name} was sent at a quiet hour of ${zonesOf(scene)}`);
  for (const cap of policy?.caps ?? []) {
    if (!isFor(cap.purposes, message.purpose) || mayHold(cap, scene).includes(false)) continue;
    const within = sent.filter((one) => isFor(cap.purposes, one.purpose) && farthest(scene, one.sent) < ms(cap.per));
    demand(within.length < cap.messages, 'caps', () => `${name} is one too many: ${cap.messages} per ${cap.per}`);
  }
  if (policy) {
    const near = sent.find((one) => farthest(scene, one.sent) < ms(policy.gap ?? GAP));
    demand(near === undefined, 'caps', () => `${name} follows too soon upon ${near?.sent.effect.id}`);
  }
  const same = step.others.flatMap((one) => (one.sent && one.effect.message === effect.message ? one.sent : []));
  for (const one of same) {
    const { again } = effect;
    if (again === undefined) continue;
    const isToo = again === 'never' || farthest(scene, one) < lengthOf(again, first(scene.instants));
    // What another model did not have to remember may come again.
    const isKept = one.effect.model === effect.model;
    demand(!isToo || !isKept, 'again', () => `${name} came before, as ${one.effect.id}: ${again}`);
  }
};

/** How long a time is, such as "2 months", before an instant. */
const lengthOf = (again: string, at: number): number => {
  const months = /^(\d+) months?$/.exec(again)?.[1];
  if (months === undefined) return ms(again);
  const day = new Date(at);
  const lastDay = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - Number(months) + 1, 0)).getUTCDate();
  const then = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - Number(months), Math.min(day.getUTCDate(), lastDay));
  return Math.floor(at / 86_400_000) * 86_400_000 - then;
};

const staleAt = ({ step, policy, message, document }: Scene, zone: string): number => {
  const { decidedAt } = step.effect;
  const opens = policy ? firstDecent(decidedAt, zone, message.purpose, policy.decentHours) : decidedAt;
  return opens + ms(message.staleAfter ?? document.staleAfter);
};

/** Why a message may be put off, or dropped since that would take too long. */
const mayWaitFor = (why: string, scene: Scene): boolean => {
  const { step, policy, message, document, instants } = scene;
  const counting = step.others.filter(mayCount);
  switch (why) {
    case 'quiet-hours':
      return zonesOf(scene).some((zone) =>
        instants.some((at) => {
          if (isDecent(at, zone, message.purpose, policy?.decentHours)) return false;
          const opens = firstDecent(at, zone, message.purpose, policy?.decentHours);
          return step.kind === 'held' ? step.until === opens : opens > staleAt(scene, zone);
        }),
      );
    case 'just-written':
      return counting.some(({ sent }) => !sent || nearest(scene, sent) <= ms(policy?.gap ?? GAP));
    case 'outranked':
      // What outranks it may not have been claimed yet.
      return document.messages.length > 1;
    case 'capped':
      return (policy?.caps ?? []).some((cap) => {
        if (!isFor(cap.purposes, message.purpose) || !mayHold(cap, scene).includes(true)) return false;
        const its = counting.filter(({ effect }) => isFor(cap.purposes, purposeOf(document, effect.message)));
        const within = its.filter(({ sent }) => !sent || nearest(scene, sent) <= ms(cap.per));
        return within.length >= cap.messages;
      });
    default:
      return false;
  }
};

const isSameAgain = (scene: Scene, { effect, sent }: Underway): boolean => {
  const { again } = scene.step.effect;
  if (effect.message !== scene.step.effect.message || again === undefined) return false;
  return !sent || again === 'never' || nearest(scene, sent) <= lengthOf(again, last(scene.instants));
};

/** Whether what was noted of an address that they may have had is such a reason. */
const isBarred = (why: string, { step, persons, policy }: Scene, { mails }: Cloud): boolean =>
  persons.some(({ email }) => {
    const noted = email === undefined ? [] : mails.notedOf(email);
    const known = noted.filter(({ notedAt }) => notedAt <= step.done.at);
    return isBarredFor(why, known, policy);
  });

const mayDropFor = (why: string, scene: Scene, cloud: Cloud): boolean => {
  const { step, persons, message, instants } = scene;
  if (BARS.some((bar) => bar === why)) return isBarred(why, scene, cloud);
  const said = persons.map(({ consents }) => consents.get(message.purpose)?.given);
  switch (why) {
    case 'sent-before':
      return step.others.some((one) => mayCount(one) && isSameAgain(scene, one));
    case 'stale':
      return zonesOf(scene).some((zone) => last(instants) > staleAt(scene, zone));
    case 'no-consent':
      return message.purpose !== 'service' && said.includes(undefined);
    case 'no-address':
      return persons.some(({ email }) => email === undefined);
    default:
      return why.startsWith('stale-') ? mayWaitFor(why.slice('stale-'.length), scene) : true;
  }
};

/** The scene of a step, where the model still names its message. */
const sceneOf = (step: MailStep, document: Document): Scene | undefined => {
  const message = document.messages.find(({ id }) => id === step.effect.message);
  const persons = [...step.claimed.persons, ...step.done.persons];
  if (!message || persons.length === 0) return undefined;
  return { step, document, policy: document.contactPolicy, message, persons, instants: instantsOf(step) };
};

/** Checks what has happened to messages since it was asked last. */
export const restraintCheck = (findings: Findings, world: SimulatedWorld) => {
  const { demand } = findings;
  const { mails } = world.cloud;
  let checked = 0;
  return (documentOf: (version: number) => Document): void => {
    for (const step of mails.steps.slice(checked)) {
      demand(
        !step.erased || step.kind !== 'sent',
        'erased',
        () => `${step.member} is erased, and was sent ${step.effect.id}`,
      );
      const scene = sceneOf(step, documentOf(step.effect.model));
      if (!scene) continue;
      const { kind, why, effect } = step;
      const name = `${effect.member} ${effect.id} (${effect.message}) is ${kind}: ${why}`;
      if (kind === 'sent') {
        const mayFollow = scene.persons.some(({ consents }) => consents.get('tracking')?.given === true);
        demand(mayFollow || !step.tracked, 'followed', () => `${name} follows its reader, who has not agreed`);
        const leftAlone = step.tracked ? forbids(world, step, 'tracking') : undefined;
        demand(!leftAlone, 'choices', () => `${name} follows its reader after a no of ${leftAlone?.answered}`);
        checkSent(findings, scene);
        const barredAt = barredSince(mails.notedOf(step.to), scene.policy);
        const isFree = barredAt === undefined || barredAt >= step.claimed.at;
        demand(isFree, 'suppressed', () => `${name} to an address of which was noted ${barredAt} that it must not be`);
        const word = forbids(world, step, scene.message.purpose);
        demand(!word, 'choices', () => `${name} after a no to ${word?.about} that was answered at ${word?.answered}`);
      }
      if (kind === 'skipped') demand(mayDropFor(why, scene, world.cloud), 'reason', () => name);
      if (kind === 'held')
        demand(why === 'RateBudget' || mayWaitFor(why, scene), 'reason', () => `${name} until ${step.until}`);
    }
    checked = mails.steps.length;
  };
};
