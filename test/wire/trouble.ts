import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { planOf, Sent, Size } from './plan.ts';
import type { RestlessCloud } from './restless-cloud.ts';

const AT_ONCE = 4;
const Killed = z.object({ killed: z.number() });

type Plan = ReturnType<typeof planOf>;

/** As the queue carries it, for whoever puts it there by hand. */
const message = ({ member, time, data = {}, ...event }: Sent, source: string): string =>
  JSON.stringify({ kind: 'activity', event: { source, ...event, member: member.id, time: Date.parse(time), data } });

/** Kills the scorer in the midst of a batch, up to so many ms after it began, as chance will have it. */
export const killScorer = async ({ now }: RestlessCloud, { between }: Plan['chance'], longest = 200): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      const url = `${(await now()).control}/functions/score/kill?after=${between(0, longest)}`;
      const answer = await fetch(url, { method: 'POST' });
      if (Killed.parse(await answer.json()).killed > 0) return;
    } catch {
      // The whole cloud is down just now.
    }
    await pause(20);
  }
  throw new Error('The scorer was never at work');
};

/** Sends all of the plan, while things go wrong at random moments. Settles when everything was answered. */
export const throughTrouble = async (cloud: RestlessCloud, plan: Plan, size: Size): Promise<void> => {
  const { chance } = plan;
  const requests = [...plan.requests];
  const total = requests.length;
  const happenings = [
    ...Array.from({ length: size.scorerKills }, () => () => killScorer(cloud, chance)),
    ...Array.from({ length: size.crashes }, () => () => cloud.crash()),
    ...plan.poison.map((body) => () => cloud.insist((now) => now.enqueue('Polku-activity', body))),
    ...plan.byHand.map(
      (event) => () => cloud.insist((now) => now.enqueue('Polku-activity', message(event, now.source.id))),
    ),
    () => cloud.insist((now) => now.mailFault('answer-lost', size.members / 10)),
  ]
    .map((happen) => ({ happen, when: chance.between(1, total - 1) }))
    .toSorted((a, b) => a.when - b.when);

  const under: Promise<void>[] = [];
  const send = async (): Promise<void> => {
    for (let request = requests.shift(); request; request = requests.shift()) {
      const sent = request;
      while (happenings[0] && happenings[0].when <= total - requests.length) {
        const next = happenings.shift();
        if (next) under.push(next.happen());
      }
      await cloud.insist(async (now) => {
        const answer = await now.send(sent);
        if (answer.status !== 202) throw new Error(`The front door answered ${answer.status}: ${await answer.text()}`);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  await Promise.all(under);
};
