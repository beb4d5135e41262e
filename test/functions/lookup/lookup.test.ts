import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { lookupRoutes } from '../../../functions/lookup/handler.ts';
import { ExplanationForMember, MemberExplanation } from '../../../shared/api/explanation.ts';
import { MemberList, MemberNow, Timeline } from '../../../shared/api/members.ts';
import { MessagePreview } from '../../../shared/api/messages.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { counting } from '../../../shared/scoring/retracted.ts';
import { FORMAT, type Snapshot } from '../../../shared/scoring/snapshot.ts';
import { day, document, event } from '../../support/given.ts';
import { client } from '../../support/http.ts';
import { plainLetters } from '../../support/plain-letters.ts';

const model = Model.parse({ ...document, title: { en: 'A club', fi: 'Kerho' } });
const published = { version: 3, model, compiled: compile(model) };

const lenient = Model.parse({ ...document, rules: [{ ...document.rules[0], points: 30 }] });
/** What was in force from day 2 to day 5. */
const first = { version: 1, model: lenient, compiled: compile(lenient) };

const history: readonly ActivityEvent[] = [
  event('member.joined', 0, { email: 'maija@example.org', data: { attributes: { firstName: 'Maija' } } }),
  event('consent.given', 0, { data: { purpose: 'membership' } }),
  event('event.attended', 1),
  event('site.visited', 2),
  event('site.visited', 2.1),
  event('site.visited', 2.2),
  event('site.visited', 2.3),
  event('benefit.used', 3, { data: { benefit: 'legal-advice' } }),
];

type Given = {
  events?: readonly ActivityEvent[];
  now?: number;
  made?: number;
  none?: boolean;
  announced?: Snapshot['announced'];
};

/** Staff who look in at some instant, `maija` having done what the events say. */
const lookingIn = ({
  events = history,
  now = day(10),
  made = published.version,
  none = false,
  announced = {},
}: Given = {}) => {
  const snapshot: Snapshot = {
    version: 1,
    madeBy: { format: FORMAT, model: made },
    events: events.length,
    standing:
      made === published.version
        ? fold(published.compiled, events)
        : fold(compile(Model.parse({ ...document, rules: [] })), events),
    announced,
    outbox: [],
  };
  const known = (member: string) => events.length > 0 && (member === 'maija' || member.startsWith('copy-'));
  return client(
    lookupRoutes({
      read: async (member) => (known(member) ? snapshot : undefined),
      readMany: async (members) => new Map(members.filter(known).map((member) => [member, snapshot])),
      ledger: async (member) => (known(member) ? counting(events) : []),
      wholeLedger: async (member) => (known(member) ? events : []),
      mailsInState: async () => ({ mails: [] }),
      mails: async () => [{ id: 'member#1#message', what: 'message', at: day(0) + 60_000, state: 'sent' }],
      inStage: async (_journey, _stage, { after = '', limit }) =>
        Array.from({ length: 7 }, (_, i) => `copy-${i}`)
          .filter((id) => id > after)
          .slice(0, limit),
      currentModel: async () => (none ? undefined : published),
      letters: async (version) => (version === published.version ? plainLetters(model) : undefined),
      staff: async () => undefined,
      organisation: 'The Club',
      modelAt: async (instant) => (none || instant < day(2) ? undefined : instant < day(5) ? first : published),
      modelVersion: async (version) => (version === 1 ? first : version === 3 ? published : undefined),
      language: 'en',
      zone: 'Europe/Helsinki',
      now: () => now,
    }),
  );
};
const of = (path: string, query: Record<string, string> = {}) => ({ path, params: { id: 'maija' }, query });
const MEMBER = '/v1/members/{id}';

describe('a member now', () => {
  it('stands in a stage by the model alone, where that is what was told last', async () => {
    const shown = async (announced: Snapshot['announced']) =>
      MemberNow.parse((await lookingIn({ announced })(of(MEMBER))).body).journeys.find(
        ({ journey }) => journey === 'member',
      );
    const { stage = '' } = (await shown({})) ?? {};
    expect(await shown({ member: { stage, sequence: 2, byModel: 3 } })).toMatchObject({ stage, byModel: 3 });
    expect(await shown({ member: { stage: 'other', sequence: 2, byModel: 3 } })).not.toHaveProperty('byModel');
    expect(await shown({ member: { stage, sequence: 2 } })).not.toHaveProperty('byModel');
  });

  it('stands where the events and the time since have brought them', async () => {
    const { status, body } = await lookingIn()(of(MEMBER));
    expect(status).toBe(200);
    const member = MemberNow.parse(body);
    expect(member).toMatchObject({
      member: 'maija',
      asOf: '2026-01-15T12:00:00.000Z',
      model: 3,
      email: 'maija@example.org',
      attributes: { firstName: 'Maija', status: 'member' },
      consents: [{ purpose: 'membership', given: true, source: 'crm' }],
      joinedAt: '2026-01-05T12:00:00.000Z',
      tenureDays: 10,
      lastActivityAt: '2026-01-08T12:00:00.000Z',
      journeys: [{ journey: 'member', stage: 'active', stageTitle: 'Active', atRisk: false, reasons: [] }],
    });
    expect(member.scores[0]?.value).toBeCloseTo(20 * 2 ** (-9 / 30) + 40 * 2 ** (-7 / 30) + 6 * 2 ** (-7.9 / 30), 1);
  });

  it('is shown as of the newest thing that counts, where a source’s clock is ahead of ours', async () => {
    const newest = history.at(-1)?.time ?? 0;
    const looking = lookingIn({ now: newest - 3 * 60_000 });
    const { asOf, scores } = MemberNow.parse((await looking(of(MEMBER))).body);
    expect(asOf).toBe(new Date(newest).toISOString());
    const { body } = await lookingIn({ now: newest })(of(`${MEMBER}/explanation`));
    for (const { score, value } of MemberExplanation.parse(body).scores)
      expect(scores.find((one) => one.score === score)?.value).toBeCloseTo(value, 9);
  });

  it('who fell silent is at risk, with the reasons in words', async () => {
    const { body } = await lookingIn({ now: day(120) })(of(MEMBER));
    const [journey] = MemberNow.parse(body).journeys;
    expect(journey).toMatchObject({ stage: 'at-risk', atRisk: true });
    expect(journey?.reasons).toContain('No activity for 117 days');
  });

  it('says why they entered the stage that they are in, in the language asked for', async () => {
    const { body } = await lookingIn({ now: day(120) })(of(MEMBER, { language: 'nb' }));
    expect(MemberNow.parse(body).journeys[0]?.because).toEqual([
      {
        stage: 'active',
        test: { score: 'engagement', gte: 10 },
        holds: false,
        words: 'ikke lenger: «Engagement»: minst 10',
      },
      {
        stage: 'at-risk',
        test: { since: 'activity', gte: '60 days' },
        holds: true,
        words: 'tid siden siste aktivitet: minst 60 dager',
      },
      {
        stage: 'at-risk',
        test: { score: 'engagement', lt: 10 },
        holds: true,
        words: '«Engagement»: mindre enn 10',
      },
    ]);
  });

  it('is reckoned under the model in force, though the snapshot is of an older one', async () => {
    const fresh = await lookingIn()(of(MEMBER));
    expect((await lookingIn({ made: 2 })(of(MEMBER))).body).toEqual(fresh.body);
  });

  it('is not found where nothing is known', async () => {
    const { status, headers } = await lookingIn({ events: [] })(of(MEMBER));
    expect({ status, type: headers['content-type'] }).toEqual({ status: 404, type: 'application/problem+json' });
  });

  it('cannot be shown before a model is published', async () => {
    for (const path of [MEMBER, `${MEMBER}/timeline`, `${MEMBER}/explanation`]) {
      expect((await lookingIn({ none: true })(of(path))).status).toBe(503);
    }
  });

  it('is not found under an id that cannot be', async () => {
    expect((await lookingIn()({ path: MEMBER, params: { id: 'a\u0000b' } })).status).toBe(404);
  });
});

describe('an explanation', () => {
  const explained = async () => MemberExplanation.parse((await lookingIn()(of(`${MEMBER}/explanation`))).body);

  it('names every point, and the points add up to the score', async () => {
    const { scores, transitions } = await explained();
    const [score] = scores;
    const sum = score?.contributions.reduce((sum, { pointsNow }) => sum + pointsNow, 0);
    expect(sum).toBeCloseTo(score?.value ?? 0, 9);
    expect(score?.contributions.map(({ rule, points }) => [rule, points])).toEqual([
      ['attended', 20],
      ['visited', 2],
      ['visited', 2],
      ['visited', 2],
      ['legal-advice', 40],
    ]);
    expect(transitions[0]).toMatchObject({ journey: 'member', from: null });
  });

  it('names what a cap kept from counting', async () => {
    const { scores } = await explained();
    expect(scores[0]?.uncounted).toMatchObject([
      { rule: 'visited', points: 2, reason: 'times', at: '2026-01-07T19:12:00.000Z' },
    ]);
  });

  it('says in words what would lead to another stage, in the language asked for', async () => {
    const answer = await lookingIn()(of(`${MEMBER}/explanation`, { language: 'fi' }));
    const { language, words, outlook } = MemberExplanation.parse(answer.body);
    expect({ language, words }).toEqual({
      language: 'fi',
      words: 'Tilanne 15. tammikuuta 2026, laskettu pisteytysmallin versiolla 3',
    });
    expect(outlook).toMatchObject([
      {
        journey: 'member',
        stage: 'active',
        up: { ways: [], none: 'no-stage', words: ['Ylempää vaihetta ei ole.'] },
        down: {
          ways: [{ stage: 'at-risk', at: '2026-03-30T11:53:27.079Z', deeds: [] }],
          words: ['Jos mitään ei tapahdu: ”At risk” 30. maaliskuuta 2026 alkaen'],
        },
      },
    ]);
  });

  it('leaves out what lies ahead where nobody wants to know', async () => {
    const { body } = await lookingIn()(of(`${MEMBER}/explanation`, { outlook: 'no' }));
    expect(MemberExplanation.parse(body)).toMatchObject({ outlook: [], scores: [{ score: 'engagement' }] });
  });

  describe('as of another time', () => {
    const asOf = (query: Record<string, string>) => lookingIn()(of(`${MEMBER}/explanation`, query));
    const reckoned = async (query: Record<string, string>) => {
      const { model, at, scores } = MemberExplanation.parse((await asOf(query)).body);
      return { model, at, points: scores[0]?.contributions.map(({ points }) => points) };
    };

    it('is of what had happened by then, under the model of then', async () => {
      expect(await reckoned({ at: '2026-01-08T11:00:00Z' })).toEqual({
        model: 1,
        at: '2026-01-08T11:00:00.000Z',
        points: [30],
      });
    });

    it('counts what had happened by then, also what was heard of later', async () => {
      // An import, months afterwards, of something that nobody knew of on that day.
      const late = event('benefit.used', 1.5, { id: 'imported', data: { benefit: 'legal-advice' } });
      const query = { at: '2026-01-08T11:00:00Z', model: '3' };
      const look = async (ledger: readonly ActivityEvent[]) =>
        MemberExplanation.parse((await lookingIn({ events: ledger })(of(`${MEMBER}/explanation`, query))).body);
      const [before, after] = [await look(history), await look([...history, late])];
      const advice = after.scores[0]?.contributions.filter(({ id }) => id === 'imported');
      expect(advice).toMatchObject([{ rule: 'legal-advice', points: 40 }]);
      expect(before.transitions.at(-1)).not.toEqual(after.transitions.at(-1));
      expect(after.transitions.at(-1)).toMatchObject({ to: 'active', at: '2026-01-07T00:00:00.000Z' });
    });

    it('takes a date for the end of that day where the organisation is', async () => {
      // Helsinki is two hours ahead in winter.
      expect(await reckoned({ at: '2026-01-07' })).toMatchObject({ model: 1, at: '2026-01-07T21:59:59.999Z' });
    });

    it('can be under any other version', async () => {
      expect(await reckoned({ at: '2026-01-08T11:00:00Z', model: '3' })).toMatchObject({
        model: 3,
        points: [20, 2, 2, 2],
      });
      expect(await reckoned({ model: '1' })).toMatchObject({ model: 1, points: [30] });
    });

    it('is of the future as if nothing happened until then', async () => {
      const { at, model, scores, outlook } = MemberExplanation.parse((await asOf({ at: '2026-06-01' })).body);
      expect({ at, model, stage: outlook[0]?.stage }).toEqual({
        at: '2026-06-01T20:59:59.999Z',
        model: 3,
        stage: 'at-risk',
      });
      expect(scores[0]?.value).toBeLessThan(3);
    });

    it.each([
      [{ at: '2026-01-06T00:00:00Z' }, 404, 'No scoring model was in force then'],
      [{ at: '2026-01-01', model: '3' }, 404, 'Nothing was known of this member'],
      [{ model: '2' }, 404, 'There is no such version'],
      [{ at: 'yesterday' }, 400, 'The query is not valid'],
      [{ model: '0' }, 400, 'The query is not valid'],
      [{ audience: 'everybody' }, 400, 'The query is not valid'],
    ])('says why there is none: %j', async (query, status, detail) => {
      const answer = await asOf(query);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining(detail) });
    });
  });

  it('says of when it may be asked', async () => {
    const refused = await lookingIn()(of(`${MEMBER}/explanation`, { at: 'yesterday' }));
    const message = 'must be a date such as 2026-03-01, or an instant such as 2026-03-01T12:00:00Z';
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/at', message }] });
  });

  it('for the member holds words alone, and nothing that staff are warned of', async () => {
    const look = async (now: number) =>
      ExplanationForMember.parse((await lookingIn({ now })(of(`${MEMBER}/explanation`, { audience: 'member' }))).body);
    const active = await look(day(10));
    expect(active.paths).toEqual([{ title: 'Member', stage: 'Active', ahead: [] }]);
    expect(active.scores[0]?.counted[0]).toMatch(/^8 January 2026: “Used legal advice”, 40 points/);
    const risky = await look(day(120));
    expect(risky.paths[0]).not.toHaveProperty('stage');
    const sentences = JSON.stringify([active, risky]);
    for (const secret of ['maija', 'crm', 'At risk', 'benefit.used@3', 'legal-advice'])
      expect(sentences).not.toContain(secret);
  });

  it('gives the value that the member is shown with', async () => {
    const member = MemberNow.parse((await lookingIn()(of(MEMBER))).body);
    expect((await explained()).scores[0]?.value).toBe(member.scores[0]?.value);
  });
});

describe('a timeline', () => {
  const path = `${MEMBER}/timeline`;

  it('shows what was taken back, and that it does not count', async () => {
    const wrong = event('event.attended', 8, { id: 'wrong' });
    const retraction = event('event.retracted', 9, { id: 'wrong-back', data: { id: 'wrong' } });
    const events = [...history, wrong, retraction];
    const shown = async (ledger: readonly ActivityEvent[]) =>
      Timeline.parse((await lookingIn({ events: ledger })(of(path))).body).entries;
    const [before, after] = [await shown(history), await shown(events)];
    const isOfIt = (entry: (typeof after)[number]) => entry.kind === 'event' && entry.id.startsWith('wrong');
    expect(after.filter((entry) => !isOfIt(entry))).toEqual(before);
    expect(after.filter(isOfIt)).toEqual([
      expect.objectContaining({ id: 'wrong-back', type: 'event.retracted', points: [] }),
      expect.objectContaining({ id: 'wrong', points: [], takenBack: true }),
    ]);
    expect(after.filter((entry) => 'takenBack' in entry)).toHaveLength(1);
    const scores = async (ledger: readonly ActivityEvent[]) =>
      MemberExplanation.parse((await lookingIn({ events: ledger })(of(`${MEMBER}/explanation`))).body).scores;
    expect(await scores(events)).toEqual(await scores(history));
  });

  it('tells what happened, what it changed and what was sent, the newest first', async () => {
    const { entries, next } = Timeline.parse((await lookingIn()(of(path))).body);
    expect(next).toBeUndefined();
    expect(entries.map((entry) => (entry.kind === 'event' ? entry.type : entry.kind))).toEqual([
      'benefit.used',
      'site.visited',
      'transition',
      'site.visited',
      'site.visited',
      'site.visited',
      'event.attended',
      'mail',
      'transition',
      'member.joined',
      'consent.given',
    ]);
    expect(entries.findLast((entry) => entry.kind === 'transition')).toEqual({
      kind: 'transition',
      at: '2026-01-05T12:00:00.000Z',
      journey: 'member',
      from: null,
      to: 'quiet',
      because: [{ stage: null, test: { attribute: 'status', eq: 'member' }, holds: true, words: 'membership: member' }],
      words: '5 January 2026: Member begins with “Quiet”. Why: membership: member',
    });
    expect(entries.find((entry) => entry.kind === 'event' && entry.type === 'benefit.used')).toMatchObject({
      data: { benefit: 'legal-advice' },
      points: [{ rule: 'legal-advice', points: 40, counted: true }],
    });
  });

  it('comes in pages that leave nothing out and repeat nothing', async () => {
    const look = lookingIn();
    const whole = Timeline.parse((await look(of(path))).body).entries;
    const paged: Timeline['entries'] = [];
    let cursor: string | undefined;
    do {
      const page = Timeline.parse((await look(of(path, { limit: '3', ...(cursor ? { cursor } : {}) }))).body);
      paged.push(...page.entries);
      cursor = page.next;
    } while (cursor);
    expect(paged).toEqual(whole);
  });

  it.each(['0', '501', 'x', ''])('takes no page of "%s"', async (limit) => {
    expect((await lookingIn()(of(path, { limit }))).status).toBe(400);
  });
});

describe('the members in a stage', () => {
  const list = (query: Record<string, string>, given: Given = {}) => lookingIn(given)({ path: '/v1/members', query });

  it('come in pages, each with their scores', async () => {
    const first = MemberList.parse((await list({ stage: 'active', limit: '4' })).body);
    expect(first).toMatchObject({ journey: 'member', stage: 'active' });
    expect(first.members.map(({ member }) => member)).toEqual(['copy-0', 'copy-1', 'copy-2', 'copy-3']);
    expect(first.members[0]?.scores.engagement).toBeGreaterThan(10);
    const rest = MemberList.parse((await list({ stage: 'active', limit: '4', cursor: first.next ?? '' })).body);
    expect(rest.members.map(({ member }) => member)).toEqual(['copy-4', 'copy-5', 'copy-6']);
    expect(rest.next).toBeUndefined();
  });

  it('who has left it since the index was written is not listed', async () => {
    expect(MemberList.parse((await list({ stage: 'active' }, { now: day(200) })).body).members).toEqual([]);
  });

  it('is asked for by a stage that there is', async () => {
    expect((await list({ stage: 'asleep' })).status).toBe(404);
    expect((await list({ stage: 'active', journey: 'lead' })).status).toBe(404);
    expect((await list({})).body).toMatchObject({ errors: [{ pointer: '/stage' }] });
  });
});

describe('a letter, looked at', () => {
  const preview = (id: string, member: string, language?: string) => ({
    path: '/v1/messages/{id}/preview',
    params: { id },
    query: { member, ...(language === undefined ? {} : { language }) },
  });

  it('is filled in for a member, in the nearest language there is', async () => {
    const { status, body } = await lookingIn()(preview('hello', 'maija', 'fi'));
    expect(status).toBe(200);
    expect(MessagePreview.parse(body)).toMatchObject({ message: 'hello', language: 'en', subject: 'Hello' });
    expect(MessagePreview.parse(body).text).toContain('Maija');
  });

  it('is not there for nobody, nor where the model has none of the name', async () => {
    expect((await lookingIn()(preview('hello', 'nobody'))).status).toBe(404);
    expect(await lookingIn()(preview('farewell', 'maija'))).toMatchObject({
      status: 404,
      body: { detail: 'The model in force has no such message: it has hello' },
    });
    expect((await lookingIn({ none: true })(preview('hello', 'maija'))).status).toBe(503);
    expect((await lookingIn()(preview('hello', 'maija', 'Finnish'))).status).toBe(400);
  });
});
