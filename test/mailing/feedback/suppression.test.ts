import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailReport } from '../../../events/mail-report.ts';
import { DAY } from '../../../shared/kernel/duration.ts';
import { type AddressNote, addressNotes, bareAddress } from '../../../shared/mailing/feedback/address-notes.ts';
import { fateOf } from '../../../shared/mailing/feedback/fate.ts';
import { suppressionOf } from '../../../shared/mailing/feedback/suppression.ts';

const AT = Date.parse('2026-03-02T10:00:00Z');
const mail = { messageId: 'ses-1', timestamp: '2026-03-02T09:59:00.000Z', destination: ['a@x.example', 'b@x.example'] };
type Recipient = { emailAddress: string; action?: string; status?: string };
const bounce = (bounceType: string, bounceSubType: string, ...bouncedRecipients: Recipient[]) =>
  MailReport.parse({
    eventType: 'Bounce',
    mail,
    bounce: { bounceType, bounceSubType, bouncedRecipients, timestamp: '2026-03-02T10:00:00.000Z' },
  });
const a = { emailAddress: 'a@x.example' };
const kinds = (report: MailReport) => addressNotes(report).map(({ address, note }) => [address, note.kind]);

describe('a bounce', () => {
  it('is of the recipients listed, not of all that the mail was sent to', () =>
    expect(kinds(bounce('Permanent', 'NoEmail', a))).toEqual([['a@x.example', 'hard']]));

  it.each(['General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList'])('is hard when permanent: %s', (sub) =>
    expect(kinds(bounce('Permanent', sub, a))).toEqual([['a@x.example', 'hard']]),
  );

  it('is soft when it may pass', () => {
    expect(kinds(bounce('Transient', 'MailboxFull', a))).toEqual([['a@x.example', 'soft']]);
    expect(kinds(bounce('Undetermined', 'Undetermined', a))).toEqual([['a@x.example', 'soft']]);
    expect(kinds(bounce('Transient', 'General', { ...a, action: 'failed', status: '4.4.7' }))).toEqual([
      ['a@x.example', 'soft'],
    ]);
  });

  it('is none when somebody is out of office', () => {
    const away = bounce('Transient', 'General', a);
    expect(kinds(away)).toEqual([]);
    expect(fateOf(away)).toBeUndefined();
  });

  it.each(['MessageTooLarge', 'ContentRejected', 'AttachmentRejected'])(
    'is of the mail, not of the mailbox: %s',
    (sub) => {
      expect(kinds(bounce('Transient', sub, { ...a, status: '5.3.4' }))).toEqual([]);
      expect(fateOf(bounce('Transient', sub, { ...a, status: '5.3.4' }))).toBe('returned');
    },
  );

  it('is of one mailbox however its address is written', () =>
    expect(['A@X.example', '"Aino" <a@x.example>', ' a@x.EXAMPLE '].map(bareAddress)).toEqual(
      Array.from({ length: 3 }, () => 'a@x.example'),
    ));

  it('is of one mailbox, whether or not its domain is written in ASCII', () =>
    expect(
      ['Meri@Järjestö.fi', 'meri@ja\u0308rjesto\u0308.FI', 'MERI@xn--jrjest-bua3m.fi', '<meri@JÄRJESTÖ.fi>'].map(
        bareAddress,
      ),
    ).toEqual(Array.from({ length: 4 }, () => 'meri@xn--jrjest-bua3m.fi')));
});

it('is no complaint to say that a mail is no spam', () => {
  const said = (complaintFeedbackType: string | null) =>
    kinds(
      MailReport.parse({
        eventType: 'Complaint',
        mail,
        complaint: { complainedRecipients: [a], timestamp: '2026-03-02T10:00:00.000Z', complaintFeedbackType },
      }),
    );
  expect(said('not-spam')).toEqual([]);
  expect(said('abuse')).toEqual([['a@x.example', 'complaint']]);
  expect(said(null)).toEqual([['a@x.example', 'complaint']]);
});

describe('an address', () => {
  const policy = { times: 3, per: 14 * DAY };
  const soft = (days: number, id = `m${days}`): AddressNote => ({ kind: 'soft', at: AT + days * DAY, mail: id });

  it('is suppressed after so many soft bounces within so long, each mail once', () => {
    expect(suppressionOf([soft(0), soft(5), soft(5.1, 'm5')], policy)).toBeUndefined();
    expect(suppressionOf([soft(0), soft(5), soft(14)], policy)).toBeUndefined();
    expect(suppressionOf([soft(0), soft(5), soft(13.9)], policy)).toBe('bounces-softly');
  });

  it('stays suppressed until a person says otherwise; what comes after counts again', () => {
    const notes: AddressNote[] = [{ kind: 'hard', at: AT, mail: 'm' }];
    expect(suppressionOf(notes, policy)).toBe('bounced');
    expect(suppressionOf(notes, policy, AT)).toBeUndefined();
    expect(suppressionOf([...notes, { kind: 'complaint', at: AT + 1, mail: 'n' }], policy, AT)).toBe('complained');
  });

  it('does not depend on the order of what was noted, nor on how often', () => {
    const note = fc.record({
      kind: fc.constantFrom('hard', 'complaint', 'soft', 'soft', 'soft'),
      at: fc.integer({ min: AT, max: AT + 40 * DAY }),
      mail: fc.constantFrom('a', 'b', 'c', 'd'),
    });
    fc.assert(
      fc.property(
        fc
          .array(note, { maxLength: 6 })
          .chain((notes) =>
            fc.tuple(fc.constant(notes), fc.shuffledSubarray([...notes, ...notes], { minLength: notes.length * 2 })),
          ),
        ([notes, shuffled]) => suppressionOf(notes, policy) === suppressionOf(shuffled, policy),
      ),
    );
  });
});
