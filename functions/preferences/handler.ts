import { OWN_SOURCE } from '../../events/envelope.ts';
import { type Purpose, TRACKING } from '../../events/purpose.ts';
import type { Answer } from '../../shared/api/problem.ts';
import type { RawRequest, Route } from '../../shared/api/route.ts';
import { bestLanguage } from '../../shared/kernel/text.ts';
import { isPaused, pauseFrom } from '../../shared/mailing/choose.ts';
import { textAttribute } from '../../shared/mailing/fields.ts';
import type { Profile } from '../../shared/scoring/standing.ts';
import type { Optional } from './page/page-words.ts';
import { askPage, donePage, keptPage, plainPage, type Reader } from './page/pages.ts';
import { preferencesPage, type Shown } from './page/preferences-page.ts';
import { OPTIONAL, PAGE_LANGUAGES, type PageLanguage } from './page/words.ts';
import { isPageLanguage, readForm } from './read-form.ts';
import { knownOf, type SettleDeps, settle } from './settle.ts';

export type Deps = SettleDeps & {
  /** Who comes with a link, and which mails they had it from; undefined where the link is none of ours. */
  readonly open: (token: string) => Promise<{ readonly member: string; readonly purpose: Purpose } | undefined>;
  /** The purposes that the organisation writes mails for. */
  readonly purposes: () => Promise<readonly Purpose[]>;
  /** Whether the organisation follows whoever agrees to it in their mails. */
  readonly tracks: boolean;
  readonly organisation: string;
  readonly language: string;
  /** IANA name. */
  readonly zone: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly count: (metric: string, value: number) => void;
};

type Visit = {
  readonly request: RawRequest;
  readonly token: string;
  readonly member: string;
  readonly purpose: Purpose;
};
type Page = { readonly status: number; readonly page: string };

const ALLOWED = { allow: 'GET, HEAD, OPTIONS, POST' };
const RETRY = { 'retry-after': '60' };

const mailLanguage = ({ preferences, ...rest }: Profile, fallback: string): PageLanguage => {
  const own = preferences?.language ?? textAttribute(rest, 'language');
  const best = bestLanguage(PAGE_LANGUAGES, own || undefined, fallback) ?? '';
  return isPageLanguage(best) ? best : 'en';
};

/** The language that the reader asked for, else the member's, else their browser's, else the organisation's. */
const pageLanguage = ({ query, headers }: RawRequest, profile: Profile | undefined, fallback: string): PageLanguage => {
  if (query.lang !== undefined && isPageLanguage(query.lang)) return query.lang;
  if (profile) return mailLanguage(profile, fallback);
  const browser = headers['accept-language']?.split(/[,;]/)[0];
  return mailLanguage({ attributes: { language: browser ?? '' }, consents: {} }, fallback);
};

const isOptional = (purpose: Purpose): purpose is Optional => purpose !== 'service';

/** What a link in a mail leads to. A link that is none of ours is answered the same, whatever is wrong with it. */
const behindLinks = (deps: Deps) => {
  const { organisation, language: fallback, zone, now, tracks } = deps;
  const readerOf = ({ request, token }: Visit, profile: Profile | undefined): Reader => ({
    organisation,
    token,
    language: pageLanguage(request, profile, fallback),
  });

  const preferences = async (visit: Visit, profile: Profile, news?: Shown['news']): Promise<Page> => {
    const written = new Set(await deps.purposes());
    const at = now();
    const paused = isPaused(profile, at);
    const follows = profile.consents[TRACKING]?.given ?? false;
    const shown: Shown = {
      purposes: OPTIONAL.filter((one) => written.has(one) || profile.consents[one]?.given).map((purpose) => ({
        purpose,
        given: profile.consents[purpose]?.given ?? false,
      })),
      ...(tracks || follows ? { tracking: follows } : {}),
      mailLanguage: mailLanguage(profile, fallback),
      paused,
      pausedUntil: (paused ? profile.preferences?.pausedUntil : undefined) ?? pauseFrom(at),
      zone,
      ...(news ? { news } : {}),
    };
    const status = news === 'language-fault' ? 422 : 200;
    return { status, page: preferencesPage(readerOf(visit, profile), shown) };
  };
  const plain = (visit: Visit, profile: Profile | undefined, what: 'gone' | 'later' | 'odd', status: number): Page => ({
    status,
    page: plainPage(readerOf(visit, profile), what),
  });

  return {
    async askToUnsubscribe(visit: Visit): Promise<Page> {
      const { member, purpose } = visit;
      const { told, known } = await knownOf(deps, member);
      const reader = readerOf(visit, known);
      if (!isOptional(purpose)) return { status: 200, page: keptPage(reader) };
      // Only where the ledger knows of it: until then a second click may still have to tell it.
      const { given, source } = told?.consents[purpose] ?? {};
      const isOwnNo = given === false && source === OWN_SOURCE && known?.consents[purpose]?.given === false;
      return { status: 200, page: isOwnNo ? donePage(reader, purpose) : askPage(reader, purpose) };
    },
    async unsubscribe(visit: Visit): Promise<Page> {
      const { member, purpose } = visit;
      if (!isOptional(purpose)) return { status: 200, page: keptPage(readerOf(visit, undefined)) };
      const settled = await settle(deps, member, () => ({ consents: { [purpose]: false } }));
      if (settled === 'gone') await deps.refuse(member, purpose, now());
      if (settled === 'later') return plain(visit, undefined, 'later', 503);
      deps.count('Unsubscribed', 1);
      return { status: 200, page: donePage(readerOf(visit, settled === 'gone' ? undefined : settled), purpose) };
    },
    async showPreferences(visit: Visit): Promise<Page> {
      const { known: profile } = await knownOf(deps, visit.member);
      return profile ? preferences(visit, profile) : plain(visit, undefined, 'gone', 410);
    },
    async savePreferences(visit: Visit): Promise<Page> {
      const { known } = await knownOf(deps, visit.member);
      if (!known) return plain(visit, undefined, 'gone', 410);
      const read = readForm(visit.request, known);
      if ('fault' in read) {
        return read.fault === 'language'
          ? preferences(visit, known, 'language-fault')
          : plain(visit, known, 'odd', 400);
      }
      const settled = await settle(deps, visit.member, () => read.wish);
      if (settled === 'gone') return plain(visit, undefined, 'gone', 410);
      if (settled === 'later') return plain(visit, known, 'later', 503);
      return preferences(visit, settled, 'saved');
    },
  };
};

/**
 * The way out of mails and the page of preferences. GET shows, POST acts, HEAD and OPTIONS look at nothing: what checks
 * links in mails before their reader does must change nothing.
 */
export const preferencesRoutes = (deps: Deps): Readonly<Record<string, Route>> => {
  const { headers, organisation, language } = deps;
  const behind = behindLinks(deps);
  const answer =
    (get: (visit: Visit) => Promise<Page>, post: (visit: Visit) => Promise<Page>): Route =>
    async (request): Promise<Answer> => {
      const { method } = request;
      if (method === 'HEAD') return { status: 200, headers };
      if (method === 'OPTIONS') return { status: 204, headers: { ...headers, ...ALLOWED } };
      if (method !== 'GET' && method !== 'POST') return { status: 405, headers: { ...headers, ...ALLOWED } };
      const token = request.params.token ?? '';
      const reference = await deps.open(token);
      if (!reference) {
        const reader = { organisation, language: pageLanguage(request, undefined, language) };
        return { status: 404, page: plainPage(reader, 'lost'), headers };
      }
      const shown = await (method === 'GET' ? get : post)({ request, token, ...reference });
      return { ...shown, headers: { ...headers, ...(shown.status === 503 ? RETRY : {}) } };
    };
  return {
    'ANY /v1/unsubscribe/{token}': answer(behind.askToUnsubscribe, behind.unsubscribe),
    'ANY /v1/preferences/{token}': answer(behind.showPreferences, behind.savePreferences),
  };
};
