import { describe, expect, it } from 'vitest';
import { SendDigest } from '../../../events/effect.ts';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { type DigestSending, sendDigest } from '../../../functions/deliver/send-digest.ts';
import { type DigestDeps, digest } from '../../../functions/digest/handler.ts';
import type { Sent } from '../../../shared/mailing/send-once.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { Model } from '../../../shared/scoring/model.ts';
import type { PublishedModel } from '../../../shared/scoring/published-model.ts';
import { day, document, event } from '../../support/given.ts';
import { houseLetters } from '../../support/house-letters.ts';
import { memoryClaims } from '../../support/memory-claims.ts';
import { memoryLists } from '../../support/memory-lists.ts';
import { activity, scorer, tick } from '../../support/pipeline.ts';
import { letters, postOffice, staff } from '../../support/postman.ts';

const joined = (member: string, days: number, attributes: ActivityEvent['data'] = {}) =>
  activity(
    event('member.joined', days, {
      member,
      id: `${member}-joined`,
      email: `${member}@example.org`,
      data: { attributes: { firstName: member, ...attributes } },
    }),
  );
const attended = (member: string, days: number) =>
  activity(event('event.attended', days, { member, id: `${member}-${days}` }));

/** The club with its members, lists and digests, some days after the start. */
const club = (parts: Partial<DigestDeps> & Partial<DigestSending> = {}) => {
  const polku = scorer({ published: letters });
  const lists = memoryLists();
  const world: { now: number; model: PublishedModel } = { now: day(0), model: letters };
  let tokens = 0;
  const mails = memoryClaims<{ owner: string; run: number }>({
    now: () => world.now,
    newToken: () => `token-${tokens++}`,
    idOf: ({ owner, run }) => `${owner}#${run}`,
  });
  const post = postOffice();
  const listed = new Map<string, number>();
  const counts: Record<string, number> = {};
  const queue: SendDigest[] = [];
  const erased = new Set<string>();
  const all = {
    ...lists,
    snapshots: polku.store.readMany,
    ledger: async (member: string) => (erased.has(member) ? [] : polku.store.ledger(member)),
    staff: async () => staff,
    count: (metric: string, value: number) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    now: () => world.now,
  };
  const run = digest({
    ...all,
    currentModel: async () => world.model,
    lastListed: async (owners) => new Map([...listed].filter(([owner]) => owners.includes(owner))),
    send: async (digests) => {
      queue.push(...digests);
      return digests.map(() => true);
    },
    ...parts,
  });
  const send = sendDigest({
    ...all,
    modelVersion: async () => world.model,
    letters: async () => houseLetters,
    digests: { claims: mails.claims, send: post.send },
    noteListed: async (owner, at) => void listed.set(owner, at),
    organisation: 'The Club',
    language: 'en',
    zone: 'Europe/Helsinki',
    ...parts,
  });
  /** What is certainly not sent yet comes back. */
  const deliver = async (): Promise<Sent['kind'][]> => {
    const kinds: Sent['kind'][] = [];
    for (const effect of queue.splice(0)) {
      const sent = await send(SendDigest.parse(JSON.parse(JSON.stringify(effect))));
      kinds.push(sent.kind);
      if (sent.kind === 'later' || sent.kind === 'busy') queue.push(effect);
    }
    return kinds;
  };
  const on = async (days: number, ...records: ReturnType<typeof activity>[]) => {
    await polku.on(days, ...records);
    for (const effect of polku.effects.splice(0)) if (effect.kind === 'move') await lists.move(effect, day(days));
  };
  return {
    ...post,
    polku,
    on,
    counts,
    world,
    queue,
    erased,
    deliver,
    states: mails.states,
    claims: mails.claims,
    run: (days: number) => run({ scheduledAt: new Date(day(days)).toISOString() }),
    /** Runs the schedule of one day, now or some days late, and sends what it asks for. */
    digestOn: async (days: number, late = 0) => {
      world.now = day(days + late);
      await run({ scheduledAt: new Date(day(days)).toISOString() });
      await deliver();
      return post.taken.splice(0);
    },
  };
};

/** A club in which these members fell silent on the day they joined, and are at risk 60 days after. */
const silentClub = async (
  members: readonly [member: string, days: number, attributes?: ActivityEvent['data']][],
  parts: Parameters<typeof club>[0] = {},
) => {
  const here = club(parts);
  for (const [member, days, attributes] of members) await here.on(days, joined(member, days, attributes));
  for (const [member, days] of members) await here.on(days + 60, tick(member));
  return here;
};

describe('the digest', () => {
  it('is no mail when nobody is at risk', async () => {
    const here = club();
    await here.on(0, joined('ann', 0));
    expect(await here.digestOn(7)).toEqual([]);
    expect(here.counts).toEqual({});
  });

  it('is one mail for each owner with somebody at risk, in their language', async () => {
    const here = await silentClub([
      ['ann', 0, { region: 'north' }],
      ['bo', 0, { region: 'north' }],
      ['cy', 0],
    ]);
    const mails = await here.digestOn(63);
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['kaisa@example.org', '2 jäsentä odottaa yhteydenottoasi'],
      ['ingrid@example.org', '1 member needs to hear from you'],
    ]);
    expect(mails[0]?.text).toMatch(/ann[\s\S]*bo/);
    expect(mails[1]?.text).not.toMatch(/ann|bo\n/);
  });

  it('shows of each: stage, score and its course, last activity, reasons', async () => {
    const here = club();
    await here.on(0, joined('ann', 0), attended('ann', 0));
    await here.on(60, tick('ann'));
    const [mail] = await here.digestOn(63);
    expect(mail?.text).toContain('At risk since 6 March 2026 · ID ann');
    expect(mail?.text).toContain('Engagement: – (12 weeks ago) → 17 (8 weeks ago) → 9 (4 weeks ago) → 5 (now)');
    expect(mail?.text).toContain('Last active: Attended an event, 9 weeks ago (5 January 2026)');
    expect(mail?.text).toContain('- No activity');
    expect(mail?.text).toContain('E-mail: ann@example.org');
  });

  it('has the worst first', async () => {
    const here = club();
    await here.on(0, joined('ann', 0), joined('bo', 0), joined('cy', 0), attended('cy', 0));
    await here.on(5, attended('bo', 5));
    for (const member of ['ann', 'bo', 'cy']) await here.on(66, tick(member));
    const [mail] = await here.digestOn(70);
    expect(mail?.text).toMatch(/\nann[\s\S]*\ncy[\s\S]*\nbo/);
  });

  it('has on top who is new since the last one', async () => {
    const here = await silentClub([
      ['ann', 0],
      ['zoe', 5],
    ]);
    expect((await here.digestOn(63))[0]?.subject).toBe('1 member needs to hear from you');
    const [mail] = await here.digestOn(70);
    expect(mail?.subject).toBe('2 members need to hear from you, new: 1');
    expect(mail?.text).toMatch(/NEW SINCE 9 MARCH 2026\s+zoe[\s\S]*STILL ON THE LIST\s+ann/);
    expect((await here.digestOn(77))[0]?.subject).toBe('2 members need to hear from you');
  });

  it('leaves out who came back, though the lists do not say so yet', async () => {
    const here = await silentClub([
      ['ann', 0],
      ['bo', 0],
    ]);
    await here.polku.on(62, attended('ann', 61), attended('ann', 62));
    const [mail] = await here.digestOn(63);
    expect(mail?.subject).toBe('1 member needs to hear from you');
    expect(mail?.text).not.toMatch(/^ann/m);
  });

  it('shows 25 in full and counts the rest', async () => {
    const here = await silentClub(Array.from({ length: 40 }, (_, i) => [`m${String(i).padStart(2, '0')}`, 0]));
    const [mail] = await here.digestOn(63);
    expect(mail?.subject).toBe('40 members need to hear from you');
    expect(mail?.text.match(/^m\d\d$/gm)).toHaveLength(25);
    expect(mail?.text).toContain('More on the list, not shown here: 15');
  });

  it('names a member once who is at risk on two paths', async () => {
    const [lead, member] = document.journeys;
    const model = Model.parse({ ...document, journeys: [lead, member, { ...member, id: 'volunteer' }] });
    const published = { version: 1, model, compiled: compile(model) };
    const here = club({ currentModel: async () => published });
    here.polku.publish(published);
    await here.on(0, joined('ann', 0));
    await here.on(60, tick('ann'));
    const [mail] = await here.digestOn(63);
    expect(mail?.subject).toBe('1 member needs to hear from you');
  });

  it('goes by the current model, though snapshots are of an older one', async () => {
    const here = await silentClub([['ann', 0]]);
    const stages = document.journeys[1]?.stages.map((stage) =>
      stage.id === 'at-risk'
        ? { ...stage, enter: { since: 'activity', gte: '200 days' }, stay: { since: 'activity', gte: '190 days' } }
        : stage,
    );
    const model = Model.parse({ ...document, journeys: [document.journeys[0], { ...document.journeys[1], stages }] });
    here.world.model = { version: 2, model, compiled: compile(model) };
    expect(await here.digestOn(63)).toEqual([]);
    expect((await here.digestOn(201)).map(({ to }) => to)).toEqual(['ingrid@example.org']);
  });
});

describe('the schedule', () => {
  it('that fires twice, or late, sends once', async () => {
    const here = await silentClub([['ann', 0]]);
    expect(await here.digestOn(63)).toHaveLength(1);
    expect(await here.digestOn(63)).toEqual([]);
    expect(await here.digestOn(63, 0.5)).toEqual([]);
    expect(await here.digestOn(70)).toHaveLength(1);
  });

  it('that fires twice at once sends once', async () => {
    const here = await silentClub([['ann', 0]]);
    const runs = await Promise.allSettled([here.digestOn(63), here.digestOn(63)]);
    expect(runs.flatMap((run) => (run.status === 'fulfilled' ? run.value : []))).toHaveLength(1);
  });

  it('asks for the others when one cannot be asked for, says so, and asks again at the next try', async () => {
    const asked: string[] = [];
    const failing = new Set(['kaisa']);
    const here = club({
      send: async (digests) =>
        digests.map(({ owner }) => {
          if (failing.delete(owner)) return false;
          asked.push(owner);
          return true;
        }),
    });
    await here.on(0, joined('ann', 0, { region: 'north' }), joined('bo', 0));
    await here.on(60, tick('ann'), tick('bo'));
    here.world.now = day(63);
    await expect(here.run(63)).rejects.toThrow('1 digests could not be asked for');
    expect(asked).toEqual(['ingrid']);
    await here.run(63);
    expect(asked.toSorted()).toEqual(['ingrid', 'ingrid', 'kaisa']);
  });

  it('that is put off comes back, and the others go meanwhile', async () => {
    const here = await silentClub([
      ['ann', 0, { region: 'north' }],
      ['bo', 0],
    ]);
    here.outcomes.push({ kind: 'later', code: 'NoConnection' });
    expect((await here.digestOn(63)).map(({ to }) => to)).toEqual(['ingrid@example.org']);
    expect(await here.deliver()).toEqual(['sent']);
    expect(here.taken.map(({ to }) => to)).toEqual(['kaisa@example.org']);
  });

  it('that has no place in the rate waits, and is not called new before it is sent', async () => {
    const here = await silentClub([['ann', 0]]);
    here.outcomes.push({ kind: 'later', code: 'RateBudget', until: day(64) });
    expect(await here.digestOn(63)).toEqual([]);
    expect([here.states(), here.queue]).toEqual([['held'], []]);
    expect((await here.digestOn(70))[0]?.subject).toBe('1 member needs to hear from you');
  });

  it('that waited until the next one was near is not sent', async () => {
    const here = await silentClub([['ann', 0]]);
    here.world.now = day(63);
    await here.run(63);
    here.world.now = day(67);
    expect(await here.deliver()).toEqual(['skipped']);
  });

  it('says nothing of somebody who was erased on the way', async () => {
    const here = await silentClub([
      ['ann', 0],
      ['bo', 0],
    ]);
    here.world.now = day(63);
    await here.run(63);
    here.erased.add('ann');
    await here.deliver();
    expect(here.taken[0]?.text).toContain('ID bo');
    expect(here.taken[0]?.text).not.toContain('ID ann');
  });

  it('of which nobody knows whether it reached the owner does not send again, and calls the same people new', async () => {
    const here = await silentClub([
      ['ann', 0],
      ['zoe', 5],
    ]);
    expect(await here.digestOn(63)).toHaveLength(1);
    here.outcomes.push({ kind: 'unknown', code: 'TimeoutError' });
    expect(await here.digestOn(70)).toEqual([]);
    expect(await here.digestOn(70, 0.01)).toEqual([]);
    expect(here.states()).toEqual(['sent', 'unknown']);
    expect((await here.digestOn(77))[0]?.text).toMatch(/NEW SINCE 9 MARCH 2026\s+zoe/);
  });

  it('that died over a digest says in time that nobody knows', async () => {
    const here = await silentClub([['ann', 0]]);
    here.world.now = day(63);
    await here.claims.claim({ owner: 'ingrid', run: day(63) });
    expect(await here.digestOn(63, 0.001)).toEqual([]);
    here.world.now = day(63.01);
    expect(await here.deliver()).toEqual(['lost']);
    expect(here.states()).toEqual(['unknown']);
    expect(await here.digestOn(63, 0.02)).toEqual([]);
  });

  it('without a model has nothing to tell, without staff nobody to tell it', async () => {
    const here = await silentClub([['ann', 0]]);
    const run = (parts: Partial<DigestDeps>) => club(parts).digestOn(63);
    expect(await run({ currentModel: async () => undefined })).toEqual([]);
    await expect(run({ staff: async () => undefined })).rejects.toThrow('No staff is set');
    expect(here.taken).toEqual([]);
  });

  it('must say when it was due', async () => {
    const run = digest({ ...Object.create(null), now: () => 0 });
    await expect(run({})).rejects.toThrow();
    await expect(run({ scheduledAt: 'soon' })).rejects.toThrow();
  });
});

describe('around a change of clocks', () => {
  /** Monday 07:00 in the zone, on both sides of the change. */
  it.each([
    ['Europe/Helsinki', '2026-03-23T05:00:00Z', '2026-03-30T04:00:00Z', '23 March 2026', '30 March 2026'],
    ['Europe/Oslo', '2026-03-23T06:00:00Z', '2026-03-30T05:00:00Z', '23 March 2026', '30 March 2026'],
    ['Europe/Helsinki', '2026-10-19T04:00:00Z', '2026-10-26T05:00:00Z', '19 October 2026', '26 October 2026'],
    ['Europe/Oslo', '2026-10-19T05:00:00Z', '2026-10-26T06:00:00Z', '19 October 2026', '26 October 2026'],
  ])('in %s each Monday has its digest, and its own date', async (zone, first, second, before, after) => {
    const days = (iso: string) => (Date.parse(iso) - day(0)) / 86_400_000;
    const here = club({ zone });
    await here.on(0, joined('ann', 0));
    await here.on(days(first) - 1, tick('ann'));
    const [one] = await here.digestOn(days(first));
    const [two] = await here.digestOn(days(second));
    expect(one?.text).toContain(`\n${before}\n`);
    expect(two?.text).toContain(`\n${after}\n`);
    const silent = (text = '') => Number(/joining (\d+) days ago/.exec(text)?.[1]);
    expect(silent(two?.text) - silent(one?.text)).toBe(7);
  });
});
