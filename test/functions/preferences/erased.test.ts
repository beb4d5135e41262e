import { expect, it } from 'vitest';
import { request } from '../../simulation/front-door.ts';
import { opened } from '../../support/one-member.ts';

type Polku = Awaited<ReturnType<typeof opened>>;
const wayOut = async ({ wayOut, desk }: Polku) =>
  desk(request('ANY /v1/unsubscribe/{token}', { params: { token: await wayOut('membership') } }));

it('a no is kept, whenever the member is erased meanwhile, and nothing else', async () => {
  let calls = 0;
  const plain = await opened(async () => void calls++);
  expect((await wayOut(plain)).statusCode).toBe(200);
  expect(calls).toBeGreaterThan(3);
  for (let at = 0; at < calls; at++) {
    let made = 0;
    let erase = async () => {};
    const polku = await opened(async () => {
      if (made++ === at) await erase();
    });
    erase = polku.erase;
    expect((await wayOut(polku)).statusCode, `erased before call ${at}`).toBe(200);
    await polku.work('activity');
    expect(polku.kept(), `erased before call ${at}`).toEqual([]);
    expect(polku.grave()?.refusals, `erased before call ${at}`).toMatchObject({ membership: { own: true } });
  }
});

it('whoever came back chooses anew', async () => {
  const polku = await opened();
  await polku.erase();
  polku.clock.now += 86_400_000;
  polku.event('3', 'member.joined', polku.clock.now - 1);
  await polku.work('activity');
  expect((await wayOut(polku)).statusCode).toBe(200);
  expect(polku.kept()).toContain('choices');
  await polku.work('activity');
  await polku.erase();
  expect(polku.kept()).toEqual([]);
});
