import { describe, expect, it } from 'vitest';
import type { Effect, EffectMessage } from '../../../events/effect.ts';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { day, event } from '../../support/given.ts';
import { activity, scorer, tick } from '../../support/pipeline.ts';
import { letters, postman } from '../../support/postman.ts';

const joined = (attributes: ActivityEvent['data'] = {}, email = 'maija@example.org') =>
  activity(event('member.joined', 0, { email, data: { attributes: { firstName: 'Maija', ...attributes } } }));
const consents = (days: number, given = true) =>
  activity(event(given ? 'consent.given' : 'consent.withdrawn', days, { data: { purpose: 'membership' } }));

/** A member who joined on day 0 and agreed to mail, and what came of it. */
const newMember = async (...records: ReturnType<typeof activity>[]) => {
  const polku = scorer({ published: letters });
  await polku.on(0, ...(records.length > 0 ? records : [joined(), consents(0)]));
  return { polku, effects: polku.effects.splice(0), postman: postman(polku.store) };
};
const of = (kind: Effect['kind'], effects: readonly Effect[]) => effects.filter((one) => one.kind === kind);

describe('a message of a stage', () => {
  it('goes to a member who agreed, in their language, with answers to the owner', async () => {
    const { effects, postman } = await newMember(joined({ language: 'fi', region: 'north' }), consents(0));
    expect(await postman.on(0, ...effects)).toBe(0);
    expect(postman.taken).toMatchObject([
      {
        to: 'maija@example.org',
        replyTo: 'kaisa@example.org',
        subject: 'Hei',
        text: expect.stringContaining('Hello Maija'),
      },
    ]);
    expect(postman.counts).toEqual({ MailsSent: 1 });
  });

  it('goes once, though the effect comes twice, in one batch or in two', async () => {
    const { effects, postman } = await newMember();
    await postman.on(0, ...effects, ...effects);
    await postman.on(0.1, ...effects);
    expect(postman.taken).toHaveLength(1);
    expect(postman.counts).toEqual({ MailsSent: 1, MailsAlreadySettled: 2 });
  });

  it('does not go without consent', async () => {
    const { effects, postman } = await newMember(joined());
    expect(await postman.on(0, ...effects)).toBe(0);
    expect(postman.taken).toEqual([]);
    expect(postman.details()).toEqual(['no-consent']);
  });

  it('does not go once consent is withdrawn, though it was there when the stage was entered', async () => {
    const { polku, effects, postman } = await newMember();
    await polku.on(0.1, consents(0.1, false));
    await postman.on(0.2, ...effects);
    expect(postman.taken).toEqual([]);
    expect(postman.details()).toEqual(['opted-out']);
  });

  it('is followed only where the member has agreed to that, by the last word of it', async () => {
    const tracking = (days: number, type: string) =>
      activity(event(type, days, { id: `tracking ${type}`, data: { purpose: 'tracking' } }));
    const followed = async (...records: ReturnType<typeof activity>[]) => {
      const { effects, postman } = await newMember(joined(), consents(0), ...records);
      await postman.on(0.2, ...effects);
      return postman.taken.map((mail) => mail.tracked);
    };
    expect(await followed()).toEqual([undefined]);
    expect(await followed(tracking(0, 'consent.given'))).toEqual([true]);
    expect(await followed(tracking(0, 'consent.given'), tracking(0.1, 'consent.withdrawn'))).toEqual([undefined]);
  });

  it('does not go without an address', async () => {
    const polku = scorer({ published: letters });
    await polku.on(0, activity(event('member.joined', 0)), consents(0));
    const man = postman(polku.store);
    await man.on(0, ...polku.effects);
    expect(man.details()).toEqual(['no-address']);
  });

  it('does not go to a member who has moved on since', async () => {
    const { polku, effects, postman } = await newMember();
    await polku.on(0.1, activity(event('event.attended', 0.05)), activity(event('event.attended', 0.1)));
    await postman.on(0.2, ...effects);
    expect(postman.details()).toEqual(['moved-on']);
  });

  it('does not go to a member whom time has moved on, though no tick has said so yet', async () => {
    const { effects, postman } = await newMember();
    const late = effects.map((effect) => ({ ...effect, decidedAt: event('', 61).time }));
    await postman.on(61, ...late);
    expect(postman.details()).toEqual(['moved-on']);
  });

  it('does not go when it lay about until it was no news', async () => {
    const { effects, postman } = await newMember();
    await postman.on(3.01, ...effects);
    expect(postman.details()).toEqual(['stale']);
  });

  it.each([
    ['2 hours', ['sent', 'stale']],
    ['5 days', ['sent', 'sent']],
  ])('is worth sending for %s where it says so itself', async (staleAfter, ends) => {
    const model = { ...letters.model, messages: letters.model.messages.map((one) => ({ ...one, staleAfter })) };
    const found: string[] = [];
    for (const days of [0.05, 4]) {
      const { polku, effects } = await newMember();
      const man = postman(polku.store, { modelVersion: async () => ({ ...letters, model }) });
      await man.on(days, ...effects);
      found.push(man.taken.length > 0 ? 'sent' : (man.details()[0] ?? ''));
    }
    expect(found).toEqual(ends);
  });

  it('does not go to somebody who is no longer known', async () => {
    const { effects } = await newMember();
    const man = postman(scorer().store);
    await man.on(0, ...effects);
    expect(man.details()).toEqual(['unknown-member']);
  });

  it('is written from the ledger where the snapshot is of another model', async () => {
    const { polku, effects } = await newMember();
    const read: typeof polku.store.read = async (member) => {
      const snapshot = await polku.store.read(member);
      return snapshot && { ...snapshot, madeBy: { ...snapshot.madeBy, model: 2 } };
    };
    const man = postman({ ...polku.store, read });
    await man.on(0, ...effects);
    expect(man.taken).toHaveLength(1);
  });
});

describe('what SES makes of it', () => {
  it('over the rate: comes back, and goes then', async () => {
    const { effects, postman } = await newMember();
    postman.outcomes.push({ kind: 'later', code: 'Throttling' });
    expect(await postman.on(0, ...effects)).toBe(1);
    expect(await postman.on(0.1, ...of('message', effects))).toBe(0);
    expect(postman.taken).toHaveLength(1);
    expect(postman.states()).toEqual(['sent']);
  });

  it('refused: noted, done with, never again', async () => {
    const { effects, postman } = await newMember();
    postman.outcomes.push({ kind: 'refused', code: 'MessageRejected' });
    expect(await postman.on(0, ...effects)).toBe(0);
    await postman.on(0.1, ...effects);
    expect(postman.taken).toEqual([]);
    expect(postman.states()).toEqual(['refused']);
    expect(postman.details()).toEqual(['MessageRejected']);
  });

  it('no answer in time: unknown, counted for the alarm, never again', async () => {
    const { effects, postman } = await newMember();
    postman.outcomes.push({ kind: 'unknown', code: 'TimeoutError' });
    expect(await postman.on(0, ...effects)).toBe(0);
    for (const days of [0.1, 1, 2]) await postman.on(days, ...effects);
    expect(postman.taken).toEqual([]);
    expect(postman.states()).toEqual(['unknown']);
    expect(postman.counts).toMatchObject({ MailsUnknown: 1 });
  });

  it('the function dies between claim and note: unknown when it comes back, never sent', async () => {
    const { polku, effects } = await newMember();
    const dying = postman(polku.store);
    let calls = 0;
    const man = postman(polku.store, {
      mails: {
        claims: {
          claim: async () => (calls++ === 0 ? { kind: 'busy' } : { kind: 'lost' }),
          mark: async () => {},
          hold: async () => {},
        },
        send: dying.send,
      },
    });
    expect(await man.on(0, ...of('message', effects))).toBe(1);
    expect(await man.on(0.1, ...of('message', effects))).toBe(0);
    expect(dying.taken).toEqual([]);
    expect(man.counts).toEqual({ MailsPutOff: 1, MailsUnknown: 1 });
  });
});

describe('an alert', () => {
  it('goes to whoever looks after the member, in their language, with reasons and a next step', async () => {
    const { polku, postman } = await newMember(joined({ lastName: 'Mäki', region: 'north' }));
    polku.effects.splice(0);
    await polku.on(60, tick());
    expect(await postman.on(60, ...polku.effects)).toBe(0);
    const [mail] = postman.taken;
    expect(mail).toMatchObject({ to: 'kaisa@example.org', subject: 'At risk: Joku odottaa yhteydenottoasi' });
    expect(mail?.text).toContain('Maija Mäki');
    expect(mail?.text).toContain('Ei aktiivisuutta liittymisen jälkeen, liittymisestä on 60 päivää');
    expect(mail?.subject).not.toContain('Maija');
  });

  it('needs no consent of the member, since it does not go to them', async () => {
    const { polku, postman } = await newMember(joined(), consents(0, false));
    polku.effects.splice(0);
    await polku.on(60, tick());
    await postman.on(60, ...polku.effects);
    expect(postman.taken).toMatchObject([{ to: 'ingrid@example.org' }]);
  });

  it('is not raised while no staff is set', async () => {
    const { polku } = await newMember();
    polku.effects.splice(0);
    await polku.on(60, tick());
    const man = postman(polku.store, { staff: async () => undefined });
    await man.on(60, ...of('alert', polku.effects));
    expect(man.details()).toEqual(['no-owner']);
  });
});

describe('a digest', () => {
  const list: EffectMessage = {
    ...{ kind: 'digest', owner: 'kaisa', run: day(0), at: day(0), model: 1 },
    ...{ news: [], known: [], count: 1, countNew: 1 },
  };

  it('goes once, though it is asked for twice', async () => {
    const man = postman(scorer().store);
    expect(await man.handsBack(list, list)).toEqual([]);
    expect(man.taken).toMatchObject([{ to: 'kaisa@example.org' }]);
  });

  it('does not go again when nothing is known of it any more, because its claim has had its time', async () => {
    const man = postman(scorer().store);
    await man.on(3.01);
    expect(await man.handsBack(list)).toEqual([]);
    expect([man.taken, man.counts]).toEqual([[], { MailsSkipped: 1 }]);
  });
});

describe('a batch', () => {
  it('moves members in the lists by stage', async () => {
    const { effects, postman } = await newMember();
    await postman.on(0, ...of('move', effects));
    expect(postman.moves).toMatchObject([{ member: 'maija', journey: 'member', stage: 'quiet', sequence: 1 }]);
  });

  it('lets each effect fail alone', async () => {
    const { polku, effects } = await newMember();
    let reads = 0;
    const man = postman(polku.store, {
      snapshot: async (member) => {
        if (reads++ === 0) throw new Error('the table does not answer');
        return polku.store.read(member);
      },
    });
    const [message] = of('message', effects);
    const again = message && { ...message, id: 'member#1#message-again' };
    expect(await man.on(0, ...of('message', effects), ...(again ? [again] : []), ...of('move', effects))).toBe(1);
    expect(man.taken).toHaveLength(1);
    expect(man.moves).toHaveLength(1);
    expect(await man.on(0.1, ...of('message', effects))).toBe(0);
    expect(man.taken).toHaveLength(2);
  });

  it.each([
    ['before', ['aino', 'olavi']],
    ['after', ['aino', 'maija', 'olavi']],
  ])('hands back what is about those alone whose erasure cannot be asked for %s it', async (when, done) => {
    const { polku, effects } = await newMember();
    const moved: string[] = [];
    const man = postman(polku.store, {
      move: async ({ member }) => void moved.push(member),
      erasedAt: async (members) => {
        const isAway = when === 'before' || moved.length > 0;
        if (isAway && members.includes('maija')) throw new Error('the table does not answer');
        return new Map();
      },
    });
    const [move] = of('move', effects);
    const moves = move ? ['aino', 'maija', 'olavi'].map((member) => ({ ...move, member })) : [];
    const list: EffectMessage = { kind: 'held-digest', owner: 'kaisa', run: 0 };
    expect(await man.handsBack(...moves, list)).toEqual(moves.filter(({ member }) => member === 'maija'));
    expect(moved.toSorted()).toEqual(done);
  });

  it('hands back what is about those alone of whom something is left after their erasure', async () => {
    const { polku, effects } = await newMember();
    const removed: string[] = [];
    const man = postman(polku.store, {
      erasedAt: async (members) => new Map(members.flatMap((one) => (one === 'aino' ? [] : [[one, day(1)]]))),
      removeErased: async (member) => {
        if (member === 'maija') throw new Error('the table does not answer');
        removed.push(member);
      },
    });
    const [move] = of('move', effects);
    const moves = move ? ['maija', 'olavi', 'aino'].map((member) => ({ ...move, member })) : [];
    expect(await man.handsBack(...moves)).toEqual(moves.filter(({ member }) => member === 'maija'));
    expect([removed, man.moves.map(({ member }) => member)]).toEqual([['olavi'], ['aino']]);
  });

  it('hands back what is no effect, without a word of what stands there', async () => {
    const { postman } = await newMember();
    const failed = await postman.batch(['not json CANARY', '{"kind":"message","member":"CANARY"}']);
    expect(failed.size).toBe(2);
    for (const error of postman.errors) expect(`${error} ${JSON.stringify(error)}`).not.toContain('CANARY');
  });

  it('hands back what a model decided that is not there', async () => {
    const { effects, postman } = await newMember();
    expect(await postman.on(0, ...of('message', effects).map((one) => ({ ...one, model: 9 })))).toBe(1);
    expect(postman.states()).toEqual(['released']);
  });
});
