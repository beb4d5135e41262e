import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QuarantineList } from '../../shared/api/admin.ts';
import { DeliveryList } from '../../shared/api/deliveries.ts';
import { MemberExplanation } from '../../shared/api/explanation.ts';
import { MemberNow } from '../../shared/api/members.ts';
import { dataFolder, type RunningCloud } from '../support/local-cloud.ts';
import { inOrder } from './in-order.ts';
import { wireModel } from './model.ts';
import { addressOf, expectedOf, memberId, planOf, type Sent, sizes, stagesAfter } from './plan.ts';
import { restlessCloud, settle } from './restless-cloud.ts';
import { throughTrouble } from './trouble.ts';

const form = process.env.POLKU_WIRE === 'full' ? 'full' : 'short';
const seed = Number(process.env.POLKU_WIRE_SEED ?? Date.now() % 100_000);
const size = sizes[form];
const PATIENCE = form === 'full' ? 1_800_000 : 240_000;

describe(`the protocol on the wire (${form} form, POLKU_WIRE_SEED=${seed})`, () => {
  const folder = dataFolder();
  const restless = restlessCloud(folder.path);
  const members = Array.from({ length: size.members }, (_, i) => memberId(i));
  let cloud: RunningCloud;
  let events: readonly Sent[] = [];
  let poison: readonly string[] = [];
  /** All that had been sent whenever the queues had run empty: who was in a stage then has the mail of it. */
  const standstills: (readonly Sent[])[] = [];

  beforeAll(async () => {
    cloud = await restless.now();
    expect((await cloud.ask('/v1/models', 'POST', wireModel)).status).toBe(201);
    const plan = planOf(size, seed, await cloud.now());
    ({ events, poison } = plan);
    for (let i = 0; i < plan.prelude.length; i += 100) await cloud.send(plan.prelude.slice(i, i + 100));
    await cloud.idle();
    await throughTrouble(restless, plan, size);
    await settle(await restless.now());
    for (const round of await inOrder(restless, size, plan)) {
      events = [...events, ...round];
      standstills.push(events);
    }
    cloud = await restless.now();
    await settle(cloud);
  }, PATIENCE);
  afterAll(async () => {
    await (await restless.now()).stop('SIGINT');
    folder.remove();
  });

  const read = async (path: string): Promise<unknown> => (await cloud.ask(path)).json();
  const unknown = async () => DeliveryList.parse(await read('/v1/deliveries?state=unknown&limit=100')).deliveries;

  it('leaves nothing in any queue', async () => {
    const { queues } = await cloud.state();
    expect(queues.filter(({ visible, inFlight, delayed }) => visible + inFlight + delayed > 0)).toEqual([]);
  });

  it(
    'loses nothing and counts nothing twice: everybody has the sum of what was sent, in the stage that goes with it',
    async () => {
      for (const member of members) {
        const { asOf, scores, journeys } = MemberNow.parse(await read(`/v1/members/${member}`));
        const expected = expectedOf(events, member, Date.parse(asOf));
        const value = (id: string) => scores.find(({ score }) => score === id)?.value;
        expect([member, value('lasting'), journeys[0]?.stage]).toEqual([member, expected.lasting, expected.stage]);
        expect(value('fading')).toBeCloseTo(expected.fading, 6);
      }
    },
    PATIENCE,
  );

  it(
    'explains every score by each event once',
    async () => {
      for (const member of members) {
        const { at, scores } = MemberExplanation.parse(await read(`/v1/members/${member}/explanation`));
        for (const { value, contributions } of scores) {
          expect(contributions.reduce((sum, { pointsNow }) => sum + pointsNow, 0)).toBeCloseTo(value, 9);
        }
        const lasting = scores.find(({ score }) => score === 'lasting')?.contributions ?? [];
        expect(lasting.map(({ id }) => id).toSorted()).toEqual(expectedOf(events, member, Date.parse(at)).counted);
      }
    },
    PATIENCE,
  );

  it('has exactly the poison in quarantine', async () => {
    const { items } = QuarantineList.parse(await read('/v1/quarantine?limit=100'));
    expect(items.map(({ body }) => body).toSorted()).toEqual(poison.toSorted());
  });

  it('sends no mail twice, and each one that is due, unless it says that it does not know', async () => {
    const mails = await cloud.mails();
    const tags = mails.map(({ tags }) => tags.mail);
    expect(new Set(tags).size).toBe(tags.length);
    const letters = mails.map(({ to, subject }) => `${to[0]}: ${subject}`);
    expect(new Set(letters).size).toBe(letters.length);

    const doubted = new Set((await unknown()).map((one) => (one.kind === 'mail' ? one.member : one.owner)));
    const arrived = new Set(letters);
    const unsent = standstills.flatMap((before) =>
      [...stagesAfter(before)].filter(
        ([member, stage]) => !arrived.has(`${addressOf(member)}: You are ${stage}`) && !doubted.has(member),
      ),
    );
    expect(unsent).toEqual([]);
  });

  it('knows of every mail that arrived', async () => {
    const arrived = new Set((await cloud.mails()).map(({ tags }) => tags.mail));
    expect((await unknown()).filter(({ tag }) => arrived.has(tag))).toEqual([]);
    expect((await cloud.state()).metrics.MailsUnmatched).toBeUndefined();
  });
});
