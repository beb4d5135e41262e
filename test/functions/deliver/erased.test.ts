import { expect, it } from 'vitest';
import { queueNames } from '../../simulation/names.ts';
import { opened } from '../../support/one-member.ts';

const DAY = 86_400_000;

it('nothing is told of a member who was erased before, and nothing noted of them', async () => {
  const { erase, work, kept, mails, cloud } = await opened();
  expect(cloud.queues.queue(queueNames.effects).size()).toBeGreaterThan(1);
  await erase();
  expect(kept()).toEqual([]);
  await work('effects');
  expect([kept(), mails()]).toEqual([[], []]);
});

it('who is erased at any moment of a delivery leaves nothing, and gets a mail at most where it was claimed before', async () => {
  const calls: string[] = [];
  const plain = await opened(async (command) => void calls.push(Object(command).input.Key?.sk?.S ?? ''));
  await plain.work('effects');
  expect(plain.mails()).toHaveLength(1);
  const claim = calls.findIndex((sort) => sort.startsWith('mail#'));
  expect(claim).toBeGreaterThan(0);
  for (let at = 0; at < calls.length; at++) {
    let made = 0;
    let erase = async () => {};
    const { work, kept, mails, ...polku } = await opened(async () => {
      if (made++ === at) await erase();
    });
    erase = polku.erase;
    await work('effects');
    expect(kept(), `erased before call ${at} of ${calls.length}`).toEqual([]);
    expect(mails().length, `erased before call ${at}, claimed by ${claim}`).toBeLessThanOrEqual(at > claim ? 1 : 0);
  }
});

it('who comes back is written to as if they had never been there', async () => {
  const { clock, erase, event, work, kept, mails } = await opened();
  await work('effects');
  await erase();
  clock.now += DAY;
  event('3', 'consent.given', clock.now - 2, { purpose: 'membership' });
  event('4', 'member.joined', clock.now - 1, { attributes: { branch: 'care' } });
  await work('activity');
  await work('effects');
  expect(mails()).toEqual([['maija@example.org'], ['maija@example.org']]);
  expect(kept().filter((sort) => sort.startsWith('mail#'))).toHaveLength(1);
});
