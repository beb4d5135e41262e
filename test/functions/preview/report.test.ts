import { describe, expect, it } from 'vitest';
import { reportRoutes } from '../../../functions/admin/reports.ts';
import { CensusTask } from '../../../functions/preview/handler.ts';
import { workOnReport } from '../../../functions/preview/report.ts';
import { Report, type ReportResult } from '../../../shared/api/reports.ts';
import { shardOf } from '../../../shared/kernel/shard.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { random } from '../../simulation/random.ts';
import { day, event } from '../../support/given.ts';
import { client } from '../../support/http.ts';
import { memoryReports } from '../../support/memory-reports.ts';
import { activity, scorer } from '../../support/pipeline.ts';
import { compiledLetters, letters, postman } from '../../support/postman.ts';

const MEMBERS = Array.from({ length: 400 }, (_, i) => `m-${i}`);
const experiment = { holdOut: 20, success: { outcome: 'renewed', within: '30 days' } };

/** An organisation in which everybody joins on one day, and is written to. */
const organisation = async (parts: object = {}, its: object | null = experiment) => {
  const messages = letters.model.messages.map((one) => ({ ...one, ...(its ? { experiment: its } : {}) }));
  const model = Model.parse({ ...letters.model, messages, ...parts });
  const published = { version: 1, model, compiled: compile(model) };
  const polku = scorer({ published });
  await polku.on(
    0,
    ...MEMBERS.flatMap((member) => [
      activity(event('member.joined', 0, { member, id: `joined ${member}`, email: `${member}@example.org` })),
      activity(event('consent.given', 0, { member, id: `consent ${member}`, data: { purpose: 'membership' } })),
    ]),
  );
  const man = postman(polku.store, { modelVersion: async () => published, letters: async () => compiledLetters });
  await man.on(0.1, ...polku.effects.filter(({ kind }) => kind === 'message'));
  const got = new Set(man.taken.map(({ to }) => to.replace('@example.org', '')));

  let now = day(1);
  const clicks = new Map<string, { readonly clicked: number }>();
  const reports = memoryReports(() => now);
  const work = workOnReport({
    ...reports,
    modelVersion: async () => published,
    mails: async (member) => man.measured(member).map((mail) => ({ ...mail, ...clicks.get(member) })),
    ledger: polku.store.ledger,
    membersIn: async (part, of) => ({
      members: MEMBERS.filter((member) => shardOf(member, of) === part),
      next: undefined,
    }),
    now: () => now,
  });
  const version = { version: 1, publishedAt: 0, model };
  const call = client(
    reportRoutes({
      reports,
      currentModel: async () => version,
      modelVersion: async () => version,
      startPreview: async (_, input) => {
        const { parts: tasks } = input as { parts: unknown[] };
        for (const task of tasks) await work(CensusTask.parse(task));
      },
      now: () => now,
    }),
  );
  const headers = { 'content-type': 'application/json' };
  return {
    polku,
    man,
    got,
    /** What feedback notes on the mails of a member. */
    clicks,
    /** Some renew, each with a likelihood of their own. */
    renewing: async (days: number, likelihood: (member: string) => number) => {
      const { chance } = random(1, 'renewing');
      const who = MEMBERS.filter((member) => chance(likelihood(member)));
      const renewed = who.map((member) => event('membership.renewed', days, { member, id: `renewed ${member}` }));
      await polku.on(days, ...renewed.map(activity));
      return new Set(who);
    },
    /** The report some days after the start. */
    report: async (days: number, asked: object = { message: 'hello' }, language = 'en'): Promise<ReportResult> => {
      now = day(days);
      const body = JSON.stringify({ ...asked, fresh: true });
      const answer = await call({ method: 'POST', path: '/v1/reports', query: { language }, headers, body });
      const { result } = Report.parse(answer.body);
      if (!result) throw new Error('It is not done');
      return result;
    },
    ask: (asked: object) => call({ method: 'POST', path: '/v1/reports', headers, body: JSON.stringify(asked) }),
  };
};
const among = (members: Iterable<string>, group: ReadonlySet<string>) =>
  [...members].filter((one) => group.has(one)).length;
const verdictOf = ({ success }: ReportResult) => success?.arms.find(({ verdict }) => verdict)?.verdict;

describe('a report on a letter', () => {
  it('that makes people renew says so, with the numbers of what was done', async () => {
    const { got, man, renewing, report } = await organisation();
    const renewed = await renewing(20, (member) => (got.has(member) ? 0.5 : 0.2));
    const result = await report(31);
    const held = MEMBERS.length - got.size;
    expect(got.size).toBe(man.states().filter((state) => state === 'sent').length);
    expect(held).toBe(man.details().filter((why) => why === 'held-out').length);
    expect(Math.abs(held - 80)).toBeLessThan(30);
    expect(result).toMatchObject({ members: 400, people: 400, comparedWith: 'held-out', level: 0.95 });
    expect(result.arms).toMatchObject([
      { arm: 'held-out', people: held, mails: { sent: 0, withheld: held } },
      { arm: 'letter', people: got.size, mails: { sent: got.size, withheld: 0 } },
    ]);
    expect(result.success).toMatchObject({
      outcome: 'renewed',
      waiting: 0,
      arms: [
        { people: held, hits: renewed.size - among(renewed, got) },
        { people: got.size, hits: among(renewed, got), verdict: { kind: 'helped', says: 'helped' } },
      ],
    });
    const [, { difference } = {}] = result.success?.arms ?? [];
    expect(difference?.low).toBeGreaterThan(0);
    expect(difference?.greater).toBeGreaterThan(0.99);
  });

  it('that drives people away says so', async () => {
    const { got, renewing, report } = await organisation();
    await renewing(20, (member) => (got.has(member) ? 0.2 : 0.6));
    expect(verdictOf(await report(31))).toEqual({ kind: 'harmed', says: 'harmed' });
  });

  it('that does nothing says that nobody can tell yet, or that it makes no difference; in four languages', async () => {
    const { renewing, report } = await organisation();
    await renewing(20, () => 0.3);
    const verdict = verdictOf(await report(31));
    expect(['cannot-tell', 'no-difference']).toContain(verdict?.kind);
    if (verdict?.kind === 'cannot-tell')
      expect(verdict.says).toMatch(/^cannot tell yet, about \d+ more months? at this pace$/);
    const said = await Promise.all(
      ['nb', 'sv', 'fi'].map(async (one) => verdictOf(await report(31, undefined, one))?.says),
    );
    expect(new Set([verdict?.says, ...said]).size).toBe(4);
  });

  it('counts nobody whose time is not up, and says nothing of a handful', async () => {
    const { renewing, report } = await organisation();
    await renewing(20, () => 0.9);
    const early = await report(29);
    expect(early.success).toMatchObject({ waiting: 400, arms: [{ people: 0 }, { people: 0 }] });
    expect(verdictOf(early)).toMatchObject({ kind: 'too-few', months: 1 });
    expect(early.explored).toEqual([]);
  });

  it('counts no outcome before the lot fell, and none after the time was up', async () => {
    const { polku, report } = await organisation();
    const renewal = (id: string, days: number) => activity(event('membership.renewed', days, { member: 'm-1', id }));
    await polku.on(31, renewal('before', 0.05), renewal('after', 30.2));
    const { success, explored } = await report(95);
    expect(success?.arms.map(({ hits }) => hits)).toEqual([0, 0]);
    // Within 90 days it was one.
    const within = explored.filter(({ name }) => name === 'renewed').map((one) => one.within);
    expect(within).toEqual(['90 days']);
  });

  it('counts people who followed a link in it, by what is kept with the mail and not by what sources report', async () => {
    const { polku, got, clicks, report } = await organisation();
    const [first = '', second = ''] = got;
    const data = { message: 'hello' };
    await polku.on(2, activity(event('email.clicked', 2, { member: second, data })));
    clicks.set(first, { clicked: day(2) });
    const { arms } = await report(31);
    expect(arms.map(({ mails }) => mails.clicked)).toEqual([0, 1]);
  });

  it('counts moves along the path, to look at', async () => {
    const { explored } = await (await organisation()).report(95);
    const moves = explored.filter(({ kind }) => kind !== 'outcome');
    expect(moves.length).toBeGreaterThan(0);
    for (const { arms } of moves) expect(arms.map(({ people }) => people).reduce((a, b) => a + b)).toBe(400);
  });

  it('with several variants compares each with those held out, the more carefully', async () => {
    const variants = [{ id: 'short', share: 40, subject: { en: 'Hi', fi: 'Moi' } }];
    const two = await organisation({}, { ...experiment, variants });
    const result = await two.report(31);
    expect(result.level).toBe(0.975);
    expect(result.success?.arms.map(({ arm, verdict }) => [arm, verdict !== undefined])).toEqual([
      ['held-out', false],
      ['letter', true],
      ['short', true],
    ]);
    const only = await organisation({}, { variants, success: experiment.success });
    expect((await only.report(31)).comparedWith).toBe('letter');
  });

  it('without an experiment counts what was sent, and compares nobody', async () => {
    const { report } = await organisation({}, null);
    const result = await report(31);
    expect(result).toMatchObject({ comparedWith: null, arms: [{ arm: 'letter', people: 400, mails: { sent: 400 } }] });
    expect(result).not.toHaveProperty('success');
    expect(JSON.stringify(result)).not.toContain('m-1"');
  });
});

describe('a report on everything that some are held out of', () => {
  const holdOut = { share: 20, purposes: ['membership'], success: experiment.success };

  it('compares those who get nothing with all others', async () => {
    const { got, renewing, report } = await organisation({ holdOut }, null);
    await renewing(20, (member) => (got.has(member) ? 0.5 : 0.2));
    const result = await report(31, {});
    expect(result.arms.map(({ people }) => people)).toEqual([400 - got.size, got.size]);
    expect(verdictOf(result)?.kind).toBe('helped');
    expect(verdictOf(await report(31))?.kind).toBe('helped');
  });

  it('leaves them out of what is asked of one message', async () => {
    const { man, report } = await organisation({ holdOut });
    const result = await report(31);
    const own = MEMBERS.filter((member) =>
      Object.keys(man.measured(member)[0]?.arms ?? {}).some((id) => id.startsWith('message.')),
    );
    expect(result.people).toBe(own.length);
    expect(own.length).toBeLessThan(350);
  });
});

it('no report is made of what there is not', async () => {
  const { ask } = await organisation();
  expect((await ask({ message: 'helo' })).status).toBe(404);
  expect((await ask({})).status).toBe(409);
});
