import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { measuredMails } from '../../../shared/aws/measured-mails.ts';
import { storedRecords } from '../../../shared/aws/stored-records.ts';
import { day } from '../../support/given.ts';
import { letterTo } from '../../support/letter-to.ts';

const TAKEN = day(60);
const HOUR = 3_600_000;
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11.0';
const instant = (after: number) => new Date(TAKEN + after).toISOString();
const click = (link: string, after: number) => ({
  eventType: 'Click',
  click: { timestamp: instant(after), link: `https://example.org/${link}`, userAgent },
});
const open = (after: number) => ({ eventType: 'Open', open: { timestamp: instant(after), userAgent } });
const delivery = (after: number) => ({ eventType: 'Delivery', delivery: { timestamp: instant(after) } });

const agreed: ActivityEvent = {
  ...{ source: 'crm', id: '1', type: 'consent.given', member: 'aino', time: day(50) },
  data: { purpose: 'tracking' },
};

/** What is known of a letter after some reports of it; those of one list come together, each list after the one before was judged. */
const known = async (...lists: readonly (readonly object[])[]) => {
  const { heard, told, members } = await letterTo('aino', { takenAt: TAKEN, ledger: [agreed] });
  for (const list of lists) for (const receives of [1, 2]) for (const report of list) await heard(report, receives);
  const { records } = await storedRecords(members)('aino');
  const given = records.flatMap((record) => (record.kind === 'mail' ? [record.mail] : []));
  const [measured] = await measuredMails(members)('aino');
  return {
    told: new Set(told().map((body) => JSON.parse(body).event.type)),
    opened: given[0]?.opened,
    clicked: given[0]?.clicked,
    counted: measured?.clicked,
  };
};
const nothing = { opened: undefined, clicked: undefined, counted: undefined };

describe('whoever follows all links of a mail within seconds', () => {
  const burst = [click('spring', 9 * HOUR), click('summer', 9 * HOUR + 2000), click('autumn', 9 * HOUR + 5500)];

  it('is a machine, hours after the delivery as well', async () => {
    expect(await known([delivery(0)], burst)).toEqual({ told: new Set(), ...nothing });
  });

  it('is a machine when it fetches the picture too', async () => {
    expect(await known([delivery(0)], [open(9 * HOUR - 1000), ...burst])).toEqual({ told: new Set(), ...nothing });
  });

  it('is in the end known as a machine by what is kept with the mail, however late some of it is reported', async () => {
    for (const order of [burst, burst.toReversed()])
      expect(await known([delivery(0)], ...order.map((one) => [one]))).toMatchObject(nothing);
  });
});

it('whoever opens a mail and follows a link in it is a person', async () => {
  const at = TAKEN + 9 * HOUR;
  expect(await known([delivery(0)], [open(9 * HOUR), click('spring', 9 * HOUR + 2000)])).toEqual({
    told: new Set(['email.opened', 'email.clicked']),
    ...{ opened: at, clicked: at + 2000, counted: at + 2000 },
  });
});

it('the first time is kept, whatever was done before by a scanner and again by the person', async () => {
  const often = [
    click('spring', 9 * HOUR),
    click('spring', 2 * HOUR),
    click('spring', 20_000),
    open(3 * HOUR),
    open(HOUR),
  ];
  for (const order of [often, often.toReversed()])
    expect(await known([delivery(0)], ...order.map((one) => [one]))).toMatchObject({
      ...{ opened: TAKEN + HOUR, clicked: TAKEN + 2 * HOUR, counted: TAKEN + 2 * HOUR },
    });
});

it('a mail that arrived late was scanned when it arrived, also where that is heard of afterwards', async () => {
  const scan = [click('spring', 2 * HOUR + 20_000)];
  expect(await known(scan, [delivery(2 * HOUR)])).toMatchObject(nothing);
  expect(await known([delivery(2 * HOUR)], scan)).toMatchObject(nothing);
});
