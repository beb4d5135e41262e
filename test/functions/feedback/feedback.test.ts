import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { feedback } from '../../../functions/feedback/handler.ts';
import type { NotedAddress } from '../../../shared/mailing/feedback/address-notes.ts';
import type { MailRates } from '../../../shared/mailing/feedback/reputation.ts';
import type { Heard } from '../../../shared/mailing/hearsay.ts';

/** From the SES developer guide, "event publishing contents". */
const folder = new URL('../../fixtures/ses-events/', import.meta.url);
const files = readdirSync(folder);
const Report = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({ tags: z.record(z.string(), z.unknown()) }),
});
const sample = (file: string) => Report.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));

const TAG = 'tag-of-a-mail';
const SENT_AT = Date.parse('2016-10-14T05:02:16.645Z');
/** As SES reports it of a mail of ours. */
const report = (file = 'send.json', tags: Record<string, unknown> = { mail: [TAG] }) => {
  const { mail, ...rest } = sample(file);
  return JSON.stringify({ ...rest, mail: { ...mail, tags: { ...mail.tags, ...JSON.parse(JSON.stringify(tags)) } } });
};
/** What a function is handed by SQS. Source: aws-powertools/powertools-lambda-typescript, with SES's own example in it. */
const bodiesIn = (file: string): string[] =>
  z
    .object({ Records: z.array(z.object({ body: z.string() })) })
    .parse(JSON.parse(readFileSync(new URL(`../../fixtures/sqs-from-sns/${file}`, import.meta.url), 'utf8')))
    .Records.map(({ body }) => body);
const inEnvelope = (message: string) =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'd88d4479-6ec0-54fe-b63f-1cf9df4bb16e',
    TopicArn: 'arn:aws:sns:eu-north-1:123456789012:reports',
    Subject: null,
    Message: message,
    Timestamp: '2021-01-19T10:07:07.287Z',
    SignatureVersion: '1',
  });

const listener = ({
  heard = 'noted',
  isFound = true,
  late = 0,
  broken = false,
  rates = { sent: 1_000, bounced: 0, complained: 0 },
  stoppedAt,
}: {
  heard?: Heard;
  isFound?: boolean;
  late?: number;
  broken?: boolean;
  rates?: MailRates;
  stoppedAt?: number;
} = {}) => {
  const words: unknown[] = [];
  const aside: { reason: string; body: string }[] = [];
  const counts: Record<string, number> = {};
  const notes: NotedAddress[] = [];
  const against: unknown[] = [];
  const stops: unknown[] = [];
  const work = feedback({
    mailOf: async (tag) => {
      if (broken) throw new Error('the table is away');
      const hear = async (...word: unknown[]): Promise<Heard> => {
        words.push([tag, ...word]);
        return heard;
      };
      const acts = { letter: undefined, noteAct: async () => true, noteTold: async () => undefined };
      return isFound
        ? { ...acts, taken: hear, told: hear, became: async () => ({ heard, letter: undefined }) }
        : undefined;
    },
    hadAgreed: async () => false,
    linkName: (link) => link,
    tell: async () => {},
    noteAddress: async (noted) => void notes.push(noted),
    countAgainst: async (...counted) => void against.push(counted),
    rates: async () => rates,
    marketing: async () => (stoppedAt === undefined ? {} : { stopped: { at: stoppedAt, why: 'bounces', ...rates } }),
    stopMarketing: async (stopped) => stops.push(stopped) > 0,
    quarantine: async (input) => aside.push(input),
    count: (metric, value) => {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    onError: () => {},
    now: () => SENT_AT + late,
  });
  const on = async (...bodies: string[]) => [
    ...(await work(bodies.map((body, i) => ({ messageId: String(i), body })))),
  ];
  const onAgain = async (body: string) => [...(await work([{ messageId: '0', body, receives: 2 }]))];
  return { on, onAgain, words, aside, counts, notes, against, stops };
};

describe('feedback', () => {
  it.each([
    ['as it is', report()],
    ['in SNS’s envelope', inEnvelope(report())],
  ])('hears that SES took a mail, told %s', async (_, body) => {
    const { on, words } = listener();
    expect(await on(body)).toEqual([]);
    expect(words).toEqual([[TAG, 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000', SENT_AT]]);
  });

  it('takes a delivery for a proof as well, since the other report may be lost', async () => {
    const { on, words, counts } = listener({ heard: 'cleared' });
    await on(report('delivery.json'));
    expect(words).toHaveLength(1);
    expect(counts).toEqual({ MailsDelivered: 1, MailsCleared: 1 });
  });

  it.each([
    ['send.json', undefined, true],
    ['delivery.json', 'MailsDelivered', true],
    ['delivery-delay.json', 'MailsDelayed', true],
    ['bounce.json', 'MailsBounced', true],
    ['complaint.json', 'MailsComplainedOf', true],
    ['reject.json', 'MailsRejected', false],
    ['rendering-failure.json', 'MailsRejected', false],
    ['open.json', 'MailsFollowedUnasked', true],
    ['click.json', 'MailsFollowedUnasked', true],
    ['subscription.json', 'MailsReportedOtherwise', false],
  ])('understands each of SES’s own examples: %s', async (file, metric, wasSent) => {
    const { on, words, aside, counts } = listener();
    expect(await on(report(file), inEnvelope(report(file)))).toEqual([]);
    expect(aside).toEqual([]);
    expect(counts).toEqual(metric === undefined ? {} : { [metric]: 2 });
    expect(words).toHaveLength(wasSent ? 2 : 0);
  });

  it('has an example of every kind', () => expect(files).toHaveLength(10));

  it('suppresses at once who bounced or complained, also when the mail is not found yet', async () => {
    const { on, notes } = listener({ isFound: false });
    expect(await on(report('bounce.json'), report('complaint.json'))).toEqual(['0', '1']);
    expect(notes.map(({ address, note }) => [address, note.kind])).toEqual([
      ['recipient@example.com', 'hard'],
      ['recipient@example.com', 'complaint'],
    ]);
  });

  it.each<[string, unknown]>([
    ['without an address', { action: 'failed' }],
    ['with an empty address', { emailAddress: '' }],
    ['with an address of ten thousand letters', { emailAddress: `${'a'.repeat(10_000)}@example.com` }],
    ['that is nobody', null],
    ['that is a text', 'x'],
  ])('suppresses who is listed beside somebody %s', async (_, odd) => {
    const bounced = (...bouncedRecipients: unknown[]) => {
      const sample = JSON.parse(report('bounce.json'));
      return JSON.stringify({ ...sample, bounce: { ...sample.bounce, bouncedRecipients } });
    };
    const { on, notes, aside } = listener();
    await on(bounced(odd, { emailAddress: 'recipient@example.com' }));
    expect([notes.map(({ address }) => address), aside]).toEqual([['recipient@example.com'], []]);
    await on(bounced(odd));
    expect(aside).toHaveLength(1);
  });

  it('counts bounces and complaints of our own mails against us, and stops marketing at the limit', async () => {
    const fine = listener({ rates: { sent: 1_000, bounced: 49, complained: 0 } });
    await fine.on(report('bounce.json'), report('bounce.json', { mail: undefined }));
    expect(fine.against).toHaveLength(1);
    expect(fine.stops).toEqual([]);
    const over = listener({ rates: { sent: 1_000, bounced: 50, complained: 0 } });
    await over.on(report('bounce.json'));
    expect(over.stops).toEqual([expect.objectContaining({ why: 'bounces', sent: 1_000, bounced: 50 })]);
    expect(over.counts).toMatchObject({ MarketingStopped: 1 });
  });

  it('tells once more that marketing has stopped, since whoever stopped it may have died before telling', async () => {
    const told = async (stoppedAt: number, by: 'on' | 'onAgain') => {
      const heard = listener({ stoppedAt });
      await heard[by](report('bounce.json'));
      return heard.counts.MarketingStopped;
    };
    expect(await told(SENT_AT - 60_000, 'onAgain')).toBe(1);
    expect(await told(SENT_AT - 60_000, 'on')).toBeUndefined();
    expect(await told(SENT_AT - 20 * 60_000, 'onAgain')).toBeUndefined();
  });

  it('hears what a person says', async () => {
    const { on, words } = listener();
    await on(JSON.stringify({ kind: 'word', tag: TAG, sent: false }));
    expect(words).toEqual([[TAG, false]]);
  });

  it('lets pass what is no concern of it: mails of others, and SES’s greeting', async () => {
    const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.';
    const { on, words, aside } = listener();
    expect(await on(report('send.json', {}), greeting, inEnvelope(greeting))).toEqual([]);
    expect({ words, aside }).toEqual({ words: [], aside: [] });
  });

  it('lets pass what an identity says when it is told to report', async () => {
    const subscribed = JSON.stringify({
      notificationType: 'AmazonSnsSubscriptionSucceeded',
      message: 'You have successfully subscribed your Amazon SNS topic to receive notifications from Amazon SES.',
    });
    const { on, words, aside } = listener();
    expect(await on(subscribed, inEnvelope(subscribed))).toEqual([]);
    expect({ words, aside }).toEqual({ words: [], aside: [] });
  });

  it.each(['ses-bounce.json', 'ses-bounce-raw-delivery.json'])('hears what SQS hands over of SNS: %s', async (file) => {
    const { on, notes, aside } = listener();
    expect(await on(...bodiesIn(file))).toEqual([]);
    expect(aside).toEqual([]);
    expect(notes).toEqual([{ address: 'recipient@example.com', note: expect.objectContaining({ kind: 'hard' }) }]);
  });

  it('puts aside what SNS hands on and SES never said', async () => {
    const { on, aside } = listener();
    const bodies = bodiesIn('envelope.json');
    expect(await on(...bodies)).toEqual([]);
    expect(aside.map(({ body }) => body)).toEqual(bodies);
  });

  it('takes a report whose mail server was at a loss for an end', async () => {
    const { bounce, ...rest } = JSON.parse(report('bounce.json'));
    const wordy = { ...bounce.bouncedRecipients[0], status: `5.1.1 ${'no '.repeat(200)}` };
    const { on, notes, aside } = listener();
    await on(JSON.stringify({ ...rest, bounce: { ...bounce, bouncedRecipients: [wordy] } }));
    expect([notes.length, aside]).toEqual([1, []]);
  });

  it('waits for the index to know the mail, and then no longer', async () => {
    const soon = listener({ isFound: false });
    expect(await soon.on(report())).toEqual(['0']);
    expect(soon.counts).toEqual({});
    const later = listener({ isFound: false, late: 10 * 60_000 });
    expect(await later.on(report())).toEqual([]);
    expect(later.counts).toEqual({ MailsUnmatched: 1 });
  });

  it.each([
    '',
    '{',
    '[]',
    '{"Type":"Notification","Message":"{}"}',
    '{"kind":"word","tag":"x","sent":true}',
    '{"eventType":"Send"}',
  ])('puts aside what it cannot read, and goes on: %s', async (body) => {
    const { on, words, aside, counts } = listener();
    expect(await on(body, report())).toEqual([]);
    expect(aside).toEqual([{ at: SENT_AT, reason: 'no report of a mail', body }]);
    expect(words).toHaveLength(1);
    expect(counts).toEqual({ Quarantined: 1 });
  });

  it('asks for those again that it could not note', async () => {
    const { on, aside } = listener({ broken: true });
    expect(await on(report(), 'no report', report())).toEqual(['0', '2']);
    expect(aside).toHaveLength(1);
  });
});
