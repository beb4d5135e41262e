import * as z from 'zod';
import { MessagePath, type MessagePreview, PreviewQuery } from '../../shared/api/messages.ts';
import { noSuchMessage } from '../../shared/api/no-such-message.ts';
import { problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { memberMail } from '../../shared/mailing/member-mail.ts';
import { ownerOf } from '../../shared/risk/owner-of.ts';
import { presentStanding } from '../../shared/risk/present.ts';
import { NO_MEMBER, NO_MODEL } from './answers.ts';
import type { Deps } from './deps.ts';

/** Links that look like those of the real letter, and act on nobody. */
const LINKS = {
  preferences: 'https://example.org/v1/preferences/preview',
  unsubscribe: 'https://example.org/v1/unsubscribe/preview',
};

/** They lie beside each version that was published. */
const NO_LETTERS = problem(503, 'The letters of the model in force cannot be found');

/** A letter of the model in force, filled in for a member; it is not sent, and asks nobody's consent. */
export const previewMessage = (deps: Deps): Route =>
  route(z.object({ params: MessagePath, query: PreviewQuery }), async ({ params, query }) => {
    const { organisation, language: fallback, zone, now } = deps;
    const [model, snapshot, staff] = await Promise.all([deps.currentModel(), deps.read(query.member), deps.staff()]);
    if (!model) return NO_MODEL;
    if (!snapshot) return NO_MEMBER;
    const wanted = model.model.messages.find(({ id }) => id === params.id);
    if (!wanted) return noSuchMessage(model.model);
    const letters = await deps.letters(model.version);
    if (!letters) return NO_LETTERS;
    const at = now();
    const standing = await presentStanding(model, snapshot, () => deps.ledger(query.member), at);
    const { preferences, unsubscribe } = LINKS;
    const sources = {
      member: query.member,
      profile: standing.profile,
      organisation,
      owner: staff && ownerOf(staff, model.compiled)(standing, at),
      links: wanted.purpose === 'service' ? { preferences } : { preferences, unsubscribe },
      letterhead: model.model.letterhead,
      zone,
    };
    const { language, subject, html, text } = memberMail(
      letters.messages[wanted.id],
      sources,
      fallback,
      query.language,
    );
    const body: MessagePreview = { message: wanted.id, language, subject, html, text };
    return { status: 200, body };
  });
