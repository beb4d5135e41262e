import type { RaiseAlert, SendMessage } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import { alertMail } from '../../shared/mailing/alert-mail.ts';
import { barred } from '../../shared/mailing/barred.ts';
import { type Choices, withChoices } from '../../shared/mailing/choices.ts';
import type { AddressNote } from '../../shared/mailing/feedback/address-notes.ts';
import type { MarketingSwitch } from '../../shared/mailing/feedback/marketing-switch.ts';
import { type Letters, letterName } from '../../shared/mailing/letters/compiled-letter.ts';
import type { LinksFor } from '../../shared/mailing/mail-links.ts';
import { mayWrite, stillSo } from '../../shared/mailing/may-write.ts';
import { isHeldOut } from '../../shared/mailing/measuring/draw.ts';
import { type Arms, HELD_OUT, variantIn } from '../../shared/mailing/measuring/trials.ts';
import { memberMail } from '../../shared/mailing/member-mail.ts';
import { softBouncesOf } from '../../shared/mailing/restraint/contact-rules.ts';
import { isMeant } from '../../shared/mailing/restraint/is-meant.ts';
import { staleAnyway } from '../../shared/mailing/restraint/ruled.ts';
import type { Prepared } from '../../shared/mailing/send-once.ts';
import { type Grave, isOfErased, withTombstone } from '../../shared/mailing/tombstone.ts';
import { withUntrackedLinks } from '../../shared/mailing/untracked-links.ts';
import { type OwnerOf, ownerOf } from '../../shared/risk/owner-of.ts';
import { portrait } from '../../shared/risk/portrait.ts';
import { presentStanding } from '../../shared/risk/present.ts';
import { staffLanguage } from '../../shared/risk/words.ts';
import { mayFollow } from '../../shared/scoring/muted.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import type { Staff } from '../../shared/scoring/staff.ts';
import type { Standing } from '../../shared/scoring/standing.ts';
import { type MayGoDeps, mayGo } from './may-go.ts';

/** An effect that asks for a mail, to the member or about them. */
export type ToMember = SendMessage | RaiseAlert;

export type PrepareDeps = MayGoDeps & {
  /** What the member has said themselves, as it is now. */
  readonly choices: (member: string) => Promise<Choices | undefined>;
  /** What outlived whoever had this id or this address, and was erased. */
  readonly tombstones: (member: string, address: string | undefined) => Promise<readonly Grave[]>;
  readonly snapshot: (member: string) => Promise<Snapshot | undefined>;
  readonly ledger: (member: string) => Promise<readonly ActivityEvent[]>;
  readonly modelVersion: (version: number) => Promise<PublishedModel | undefined>;
  /** The letters of a version of the model. */
  readonly letters: (version: number) => Promise<Letters | undefined>;
  readonly staff: () => Promise<Staff | undefined>;
  readonly links: LinksFor;
  /** What was noted of an address, as it is now. */
  readonly addressRecord: (
    address: string,
  ) => Promise<{ readonly notes: readonly AddressNote[]; readonly liftedAt?: number }>;
  /** Whether marketing may go out, at most so many ms ago. */
  readonly marketing: (maxAge: number) => Promise<MarketingSwitch>;
  /** Whether whoever agrees to it is followed in their mails. */
  readonly tracks: boolean;
  readonly organisation: string;
  /** The organisation's language and IANA time zone. */
  readonly language: string;
  readonly zone: string;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What is known when a mail is written: the member, the model that decided it, and the hour. */
type Scene = {
  readonly model: PublishedModel;
  readonly letters: Letters;
  readonly standing: Standing;
  readonly snapshot: Snapshot;
  readonly owner: ReturnType<OwnerOf>;
  readonly at: number;
  /** What was drawn for the member. */
  readonly arms: Arms;
};

/** How old may be what is known of the switch that stops marketing, ms. */
const SWITCH_AGE = 10_000;

const message = async (deps: PrepareDeps, effect: SendMessage, scene: Scene): Promise<Prepared> => {
  const { organisation, zone, language, links, addressRecord, marketing } = deps;
  const { model, letters, standing, snapshot, owner, at, arms } = scene;
  const wanted = model.model.messages.find(({ id }) => id === effect.message);
  if (!wanted) throw new Error('The model names no such message');
  const permission = mayWrite(wanted.purpose, standing, at);
  if (!permission.may) return { skip: permission.why };
  const heard = { ...(await addressRecord(permission.to)), marketing: await marketing(SWITCH_AGE) };
  const bar = barred(wanted.purpose, heard, softBouncesOf(model.model.contactPolicy));
  if (bar) return { skip: bar };
  const { profile } = standing;
  const ways = await links(effect.member, wanted.purpose);
  const mail = memberMail(
    letters.messages[letterName(wanted.id, variantIn(wanted, arms))],
    {
      member: effect.member,
      profile,
      organisation,
      owner,
      zone,
      links: ways,
      letterhead: model.model.letterhead,
    },
    language,
  );
  if (!isMeant(model, effect, standing, at)) return { skip: 'not-meant' };
  const heldOut = isHeldOut(arms);
  const verdict = await mayGo(deps, effect, { model, standing, snapshot, now: at, zone, heldOut });
  if (verdict.kind === 'drop') return { skip: verdict.why };
  if (verdict.kind === 'wait') return { hold: { until: verdict.until, why: verdict.why } };
  // Only here: whoever would not have got it anyhow tells nothing of what it does.
  if (heldOut) return { skip: HELD_OUT, counts: true };
  const tracked = deps.tracks && mayFollow(profile);
  return {
    to: permission.to,
    replyTo: owner?.email,
    ...mail,
    ...(tracked ? { tracked, html: withUntrackedLinks(mail.html, ways) } : {}),
  };
};

const alert = async (deps: PrepareDeps, effect: RaiseAlert, scene: Scene): Promise<Prepared> => {
  const { model, letters, standing, owner, at } = scene;
  if (!owner) return { skip: 'no-owner' };
  const journey = model.model.journeys.find(({ id }) => id === effect.journey);
  const stage = journey?.stages.find(({ id }) => id === effect.stage);
  if (!journey || !stage) throw new Error('The model names no such stage');
  const since = standing.stages[journey.id]?.since ?? effect.since;
  const about = portrait(
    model,
    effect.member,
    await deps.ledger(effect.member),
    { journey, stage, since },
    at,
    deps.zone,
  );
  const reader = { language: staffLanguage(owner.language, deps.language), fallback: deps.language, zone: deps.zone };
  return {
    to: owner.email,
    ...alertMail(letters.alert, about, { organisation: deps.organisation, ownerName: owner.name, at }, reader),
  };
};

/**
 * The mail that an effect asks for, as things are now; or why none is to be sent. Throws when what it needs cannot be
 * read, or the model does not hold what the effect names.
 * @param arms what was drawn for the member
 */
export const prepareMail = async (deps: PrepareDeps, effect: ToMember, arms: Arms = {}): Promise<Prepared> => {
  const { member } = effect;
  const [snapshot, choices, model, letters, staff] = await Promise.all([
    deps.snapshot(member),
    deps.choices(member),
    deps.modelVersion(effect.model),
    deps.letters(effect.model),
    deps.staff(),
  ]);
  if (!model || !letters) throw new Error('The version of the model that decided this is not there');
  if (!snapshot) return { skip: 'unknown-member' };

  const at = deps.now();
  const scored = await presentStanding(model, snapshot, () => deps.ledger(member), at);
  const chosen = choices ? withChoices(scored.profile, choices) : scored.profile;
  const graves = await deps.tombstones(member, chosen.email);
  if (isOfErased(effect.sequence, graves)) return { skip: 'unknown-member' };
  const standing = { ...scored, profile: graves.reduce(withTombstone, chosen) };
  const staleAfter = effect.kind === 'alert' ? model.compiled.staleAfter : staleAnyway(model, effect.message);
  const gone = stillSo(effect, standing, snapshot.announced, at, staleAfter);
  if (gone) return { skip: gone };
  const scene = {
    model,
    letters,
    standing,
    snapshot,
    owner: staff && ownerOf(staff, model.compiled)(standing, at),
    at,
    arms,
  };
  return effect.kind === 'message' ? message(deps, effect, scene) : alert(deps, effect, scene);
};
