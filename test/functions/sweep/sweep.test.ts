import { describe, expect, it } from 'vitest';
import type { ActivityMessage } from '../../../events/activity-message.ts';
import type { HeldDigest, HeldMail } from '../../../events/effect.ts';
import { sweep } from '../../../functions/sweep/handler.ts';

const mail = { member: 'ola', id: 'member#1#message' };
const digest = { owner: 'kaisa', run: 500 };
const pages = async function* (...lists: string[][]) {
  for (const members of lists) {
    const isOlas = members.includes('ola');
    yield { members, mails: isOlas ? [mail] : [], digests: isOlas ? [digest] : [] };
  }
};

const released: (HeldMail | HeldDigest)[] = [];
const sweeping = (lists: string[][], taken: (message: ActivityMessage | undefined) => boolean = () => true) => {
  const sent: ActivityMessage[] = [];
  const asked: number[] = [];
  const counts: Record<string, number> = {};
  const run = sweep({
    due: (now) => {
      asked.push(now);
      return pages(...lists);
    },
    release: async (mails) => {
      released.push(...mails);
      return mails.map(() => taken(undefined));
    },
    send: async (messages) => {
      sent.push(...messages.filter(taken));
      return messages.map(taken);
    },
    count: (metric, value) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    now: () => 1000,
  });
  return { run, sent, asked, counts };
};

describe('a sweep', () => {
  it('ticks everybody whose instant has come, page by page', async () => {
    const { run, sent, asked, counts } = sweeping([['maija', 'ola'], ['per']]);
    await run();
    expect(released.splice(0)).toEqual([
      { kind: 'held', ...mail },
      { kind: 'held-digest', ...digest },
    ]);
    expect(sent).toEqual(['maija', 'ola', 'per'].map((member) => ({ kind: 'tick', member })));
    expect(asked).toEqual([1000]);
    expect(counts).toEqual({ Ticks: 3 });
  });

  it('does nothing when nobody is due', async () => {
    const { run, sent } = sweeping([]);
    await run();
    expect(sent).toEqual([]);
  });

  it('goes on when ticks cannot be sent, and says afterwards how many, without saying whose', async () => {
    const { run, sent } = sweeping(
      [['maija', 'ola'], ['per']],
      (message) => message?.kind === 'tick' && message.member !== 'ola',
    );
    await expect(run()).rejects.toThrow(/^3 messages could not be sent/);
    expect(sent).toHaveLength(2);
  });
});
