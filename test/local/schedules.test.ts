import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, openClock } from '../../infra/local/clock.ts';
import { targetOf } from '../../infra/local/control/target.ts';
import { readExpression } from '../../infra/local/schedules/expression.ts';
import { scheduler } from '../../infra/local/schedules/scheduler.ts';
import { travel } from '../../infra/local/schedules/travel.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text);
const iso = (instant: number | undefined): string =>
  instant === undefined ? 'never' : new Date(instant).toISOString().slice(0, 16);

const nextOf = (expression: string, zone: string, after: string): string => {
  const read = readExpression(expression, zone);
  return read.kind === 'cron' ? iso(read.next(at(after))) : 'a rate';
};

describe('schedule expressions', () => {
  it.each([
    ['cron(0 7 ? * MON *)', 'Europe/Oslo', '2026-11-20T00:00Z', '2026-11-23T06:00'],
    ['cron(0 7 ? * MON *)', 'Europe/Oslo', '2026-11-23T06:00Z', '2026-11-30T06:00'],
    // The clocks go forward on 29 March and back on 25 October 2026.
    ['cron(0 7 ? * MON *)', 'Europe/Oslo', '2026-03-23T07:00Z', '2026-03-30T05:00'],
    ['cron(0 7 ? * MON *)', 'Europe/Oslo', '2026-10-20T00:00Z', '2026-10-26T06:00'],
    ['cron(0 7 ? * 2 *)', 'UTC', '2026-11-20T00:00Z', '2026-11-23T07:00'],
    ['cron(15 10 ? * 6L *)', 'UTC', '2026-11-01T00:00Z', '2026-11-27T10:15'],
    ['cron(0 12 1 1 ? 2030)', 'UTC', '2026-11-01T00:00Z', '2030-01-01T12:00'],
    ['cron(0 12 1 1 ? 2020)', 'UTC', '2026-11-01T00:00Z', 'never'],
  ])('%s in %s after %s: %s', (expression, zone, after, next) => {
    expect(nextOf(expression, zone, after)).toBe(next);
  });

  it('a rate in minutes, hours or days', () => {
    expect(readExpression('rate(5 minutes)', 'UTC')).toEqual({ kind: 'rate', every: 300_000 });
    expect(readExpression('rate(1 day)', 'UTC')).toEqual({ kind: 'rate', every: DAY });
  });

  it('nothing else', () => {
    for (const wrong of ['rate(5)', 'rate(1 week)', 'cron(0 7 * * *)', 'at(2026-11-23T06:00:00)', 'daily']) {
      expect(() => readExpression(wrong, 'UTC')).toThrow();
    }
  });
});

describe('how far to move the clock', () => {
  const now = at('2026-11-23T06:00:00Z');
  it.each([
    [{ by: '30d' }, now + 30 * DAY],
    [{ by: '+2w' }, now + 14 * DAY],
    [{ by: '90m' }, now + 1.5 * HOUR],
    [{ by: 1000 }, now + 1000],
    [{ to: '2026-12-24T12:00:00+01:00' }, at('2026-12-24T11:00:00Z')],
    [{ to: '2026-11-23T06:00:00Z' }, undefined],
    [{ by: '-30d' }, undefined],
    [{ by: '1 year' }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('%j', (wish, target) => {
    expect(targetOf(wish, now)).toBe(target);
  });
});

describe('the clock', () => {
  let folder: string;
  let machine: number;
  let clock: Clock;
  const open = () => openClock(folder, () => machine);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polku-clock-'));
    machine = at('2026-11-20T12:00:00Z');
    clock = open();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const schedules = (calls: string[]) =>
    scheduler({
      clock,
      schedules: [
        { name: 'Sweep', expression: 'rate(5 minutes)', zone: 'UTC', function: 'sweep', input: '{}' },
        {
          name: 'Digest',
          expression: 'cron(0 7 ? * MON *)',
          zone: 'Europe/Oslo',
          function: 'digest',
          input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
        },
      ],
      invoke: async (name, event) => {
        calls.push(`${name} ${JSON.stringify(event)} at ${iso(clock.now())}`);
      },
    });
  const DIGEST = 'digest {"scheduledAt":"2026-11-23T06:00:00Z"} at';

  it('moves forward only, and goes on from there after a restart', () => {
    clock.moveTo(machine + DAY);
    clock.moveTo(machine + HOUR);
    expect(clock.now()).toBe(machine + DAY);
    expect(new Float64Array(clock.shared)[0]).toBe(DAY);
    machine += HOUR;
    expect(open().now()).toBe(machine + DAY);
  });

  it('runs rates at their pace and crons at their instants', async () => {
    const calls: string[] = [];
    const its = schedules(calls);
    await its.runDue();
    await its.runDue();
    machine += 4 * 60_000;
    await its.runDue();
    machine += 60_000;
    await its.runDue();
    expect(calls).toEqual(['sweep {} at 2026-11-20T12:00', 'sweep {} at 2026-11-20T12:05']);
    machine = at('2026-11-23T06:00:00Z');
    await its.runDue();
    await its.runDue();
    expect(calls.slice(2)).toEqual(['sweep {} at 2026-11-23T06:00', `${DIGEST} 2026-11-23T06:00`]);
  });

  it('makes up for a run that fell due while Polku was stopped, for a day', async () => {
    machine = at('2026-11-24T05:00:00Z');
    clock = open();
    const calls: string[] = [];
    await schedules(calls).runDue();
    expect(calls).toContain(`${DIGEST} 2026-11-24T05:00`);

    machine = at('2026-12-02T05:00:00Z');
    clock = open();
    const later: string[] = [];
    await schedules(later).runDue();
    expect(later).toEqual(['sweep {} at 2026-12-02T05:00']);
  });

  it('tries a function that fails three times', async () => {
    let tries = 0;
    const failing = scheduler({
      clock,
      schedules: [{ name: 'Sweep', expression: 'rate(1 hour)', zone: 'UTC', function: 'sweep', input: '{}' }],
      invoke: async () => {
        tries++;
        throw new Error('away');
      },
    });
    await failing.runDue();
    expect(tries).toBe(3);
  });

  it('on a journey stops every six hours and at each cron instant: sweep, quiet, then what is due', async () => {
    const calls: string[] = [];
    const quiet = {
      reached: async () => {
        calls.push('quiet');
        return true;
      },
    };
    const stops: string[] = [];
    const target = at('2026-11-23T18:00:00Z');
    for await (const stop of travel({ clock, scheduler: schedules(calls), quiet }, target)) stops.push(iso(stop.now));
    expect(stops.slice(0, 3)).toEqual(['2026-11-20T18:00', '2026-11-21T00:00', '2026-11-21T06:00']);
    expect(stops.slice(-3)).toEqual(['2026-11-23T06:00', '2026-11-23T12:00', '2026-11-23T18:00']);
    const monday = calls.indexOf('sweep {} at 2026-11-23T06:00');
    expect(calls.slice(monday, monday + 4)).toEqual([
      'sweep {} at 2026-11-23T06:00',
      'quiet',
      `${DIGEST} 2026-11-23T06:00`,
      'quiet',
    ]);
    expect(calls.filter((call) => call.startsWith('digest'))).toHaveLength(1);
  });

  it('on a journey stops where the queues do not run empty', async () => {
    const quiet = { reached: async () => false };
    const journey = travel({ clock, scheduler: schedules([]), quiet }, clock.now() + DAY);
    await expect(journey.next()).rejects.toThrow('do not run empty');
    expect(clock.now()).toBe(machine);
  });
});
