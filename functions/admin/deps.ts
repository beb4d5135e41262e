import type { ActivityMessage } from '../../events/activity-message.ts';
import type { SendDigest } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { NamedIn } from '../../shared/aws/preview-names.ts';
import type { PreviewStore } from '../../shared/aws/preview-store.ts';
import type { ReportStore } from '../../shared/aws/report-store.ts';
import type { StoredRecord } from '../../shared/aws/stored-records.ts';
import type { AddressNote } from '../../shared/mailing/feedback/address-notes.ts';
import type { MarketingSwitch } from '../../shared/mailing/feedback/marketing-switch.ts';
import type { MailRates } from '../../shared/mailing/feedback/reputation.ts';
import type { Letters } from '../../shared/mailing/letters/compiled-letter.ts';
import type { Tombstone } from '../../shared/mailing/tombstone.ts';
import type { VersionNotes } from '../../shared/model/notes.ts';
import type { Rescore, RescoreChanges, RescoreState } from '../../shared/model/rescore.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { Staff } from '../../shared/scoring/staff.ts';

type Version = VersionNotes & { readonly version: number; readonly publishedAt: number };
export type Quarantined = { readonly id: string; readonly at: number; readonly reason: string; readonly body: string };
type Secret = { readonly createdAt: number; readonly expiresAt?: number | undefined };

/** All times are epoch ms; `maxAge` is in ms, and 0 reads anew. */
export type Deps = {
  readonly currentModel: (maxAge: number) => Promise<(Version & { readonly model: Model }) | undefined>;
  readonly modelVersion: (version: number) => Promise<(Version & { readonly model: Model }) | undefined>;
  readonly models: () => Promise<readonly (Version & { readonly current: boolean })[]>;
  /** `beforehand` is done before the version is in force. */
  readonly publishModel: (
    model: Model,
    letters: Letters,
    entry: VersionNotes & { publishedAt: number },
    beforehand?: (version: number) => Promise<unknown>,
  ) => Promise<number>;
  readonly currentVersion: () => Promise<number | undefined>;
  readonly rescore: (version: number) => Promise<Rescore | undefined>;
  readonly rescores: () => Promise<readonly Rescore[]>;
  /** False if the version's is under way already. */
  readonly startRescore: (start: Pick<Rescore, 'version' | 'pace' | 'total'>, at: number) => Promise<boolean>;
  /** False if it is in none of these states any more. */
  readonly changeRescore: (
    version: number,
    from: readonly RescoreState[],
    changes: RescoreChanges,
    at: number,
  ) => Promise<boolean>;
  /** How many members an older version than this has made. */
  readonly countBehind: (version: number) => Promise<number>;
  readonly staff: (maxAge: number) => Promise<Staff | undefined>;
  readonly putStaff: (staff: Staff) => Promise<void>;
  readonly sources: () => Promise<
    readonly { readonly id: string; readonly createdAt: number; readonly secrets: readonly Secret[] }[]
  >;
  /** False if there is one of this id. */
  readonly createSource: (id: string, secret: string) => Promise<boolean>;
  /** False if there is none of this id. */
  readonly addSecret: (id: string, secret: string, othersEndAt: number) => Promise<boolean>;
  readonly newSecret: () => string;
  /** Seals links in mails with a new key from here on; answers with its id. */
  readonly rotateLinkKey: () => Promise<string>;
  readonly quarantine: {
    /** A page may hold less than the limit; `next` is absent on the last one. */
    readonly list: (page: {
      after?: string | undefined;
      limit: number;
    }) => Promise<{ readonly items: readonly Quarantined[]; readonly next?: string }>;
    readonly get: (id: string) => Promise<Quarantined | undefined>;
    /** Removes it, unless the same input has come again since. */
    readonly remove: (input: Quarantined) => Promise<void>;
  };
  /** For each message whether the queue has it for certain. It may be read after a delay, in seconds up to 900. */
  readonly send: (messages: readonly ActivityMessage[], delay?: number) => Promise<readonly boolean[]>;
  readonly marketing: (maxAge: number) => Promise<MarketingSwitch>;
  /** From then on bounces and complaints are counted anew. Whether it stood still. */
  readonly resumeMarketing: (liftedAt: number) => Promise<boolean>;
  readonly rates: (now: number, since?: number) => Promise<MailRates>;
  /** What was heard of an address until then counts no more. */
  readonly liftAddress: (address: string, at: number) => Promise<void>;
  /** Of each item that is stored of a member its kind: `event`, `mail`, `snapshot` and so on. */
  readonly storedOf: (member: string) => Promise<readonly string[]>;
  /** All that is stored under a member's id, page by page. */
  readonly stored: (
    member: string,
    after?: string,
  ) => Promise<{ readonly records: readonly StoredRecord[]; readonly next?: string }>;
  /** All events of a member, in canonical order. */
  readonly wholeLedger: (member: string) => Promise<readonly ActivityEvent[]>;
  readonly addressRecord: (
    address: string,
  ) => Promise<{ readonly notes: readonly AddressNote[]; readonly liftedAt?: number }>;
  /** What outlived whoever had this id or this address, and was erased. */
  readonly tombstones: (member: string, address: string | undefined) => Promise<readonly Tombstone[]>;
  /** The lists to owners that wait for their time and name a member. */
  readonly waitingDigests: (member: string) => Promise<readonly SendDigest[]>;
  /** What drafts of the model would change for a member, where previews name them. */
  readonly previewsNaming: (member: string) => Promise<readonly NamedIn[]>;
  /** Whether nobody knows if the mail of this tag left. */
  readonly isInDoubt: (tag: string) => Promise<boolean>;
  /** Whether the feedback queue has it for certain. */
  readonly tell: (message: object) => Promise<boolean>;
  readonly previews: Pick<PreviewStore, 'idOf' | 'get' | 'draft' | 'begin' | 'startAgain' | 'remove' | 'parts'>;
  readonly reports: Pick<ReportStore, 'idOf' | 'get' | 'begin' | 'startAgain' | 'remove' | 'parts'>;
  /** Has the parts of a preview or a report worked on. The same name again is the same run. */
  readonly startPreview: (name: string, input: object) => Promise<void>;
  readonly now: () => number;
};
