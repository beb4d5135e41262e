import {
  ConfigurationSetDoesNotExistException,
  MessageRejected,
  type SESClient,
  SESServiceException,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';

/** An SES that takes three recipients a second, from `example.org` with the configuration set `mail-configuration`. */
export type OpenMail = {
  readonly client: SESClient;
  /** What it took, the first first. */
  readonly sent: () => readonly object[];
  /** Lets more than a second pass. */
  readonly pass: () => Promise<void>;
};

type Change = { to?: string[]; from?: string; set?: string; line?: string };

const letter = ({ to = ['a@example.com'], from, set, line = 'text' }: Change = {}) =>
  new SendRawEmailCommand({
    Source: from ?? 'liitto@example.org',
    Destinations: to,
    RawMessage: {
      Data: Buffer.from([`From: ${from ?? 'liitto@example.org'}`, `To: ${to}`, 'Subject: Hei', '', line].join('\r\n')),
    },
    ConfigurationSetName: set ?? 'mail-configuration',
    Tags: [{ Name: 'mail', Value: 'tag_1-x' }],
  });

const refusalOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => error,
  );

/** What Polku asks of SES, whatever stands in for it. */
export const mailContract = (name: string, open: () => Promise<OpenMail>): void => {
  describe(`mail in ${name}`, () => {
    it('is kept, with every recipient and what reports know it by', async () => {
      const { client, sent } = await open();
      const { MessageId } = await client.send(letter({ to: ['a@example.com', 'b@x.fi'] }));
      expect(sent()).toMatchObject([
        {
          id: MessageId,
          from: 'liitto@example.org',
          to: ['a@example.com', 'b@x.fi'],
          tags: { mail: 'tag_1-x' },
          configurationSet: 'mail-configuration',
        },
      ]);
    });

    it('is sent once more for each time it is asked for: SES cannot know a repeat', async () => {
      const { client, sent } = await open();
      const [one, two] = [await client.send(letter()), await client.send(letter())];
      expect(one.MessageId).not.toBe(two.MessageId);
      expect(sent()).toHaveLength(2);
    });

    it('is refused above the rate, not taken, and taken a little later', async () => {
      const { client, sent, pass } = await open();
      await client.send(letter({ to: ['a@x.fi', 'b@x.fi'] }));
      const refused = await refusalOf(client.send(letter({ to: ['c@x.fi', 'd@x.fi'] })));
      expect(refused).toBeInstanceOf(SESServiceException);
      expect(refused).toMatchObject({ name: 'Throttling', $fault: 'client', $metadata: { httpStatusCode: 400 } });
      await client.send(letter({ to: ['e@x.fi'] }));
      await pass();
      await client.send(letter({ to: ['c@x.fi', 'd@x.fi'] }));
      expect(sent()).toHaveLength(3);
    });

    it('is refused by the class that says why, and not taken', async () => {
      const { client, sent } = await open();
      const ask = (change: Change) => refusalOf(client.send(letter(change)));
      expect(await ask({ from: 'x@elsewhere.example' })).toBeInstanceOf(MessageRejected);
      expect(await ask({ set: 'other' })).toBeInstanceOf(ConfigurationSetDoesNotExistException);
      for (const change of [
        { to: ['nobody'] },
        { to: Array.from({ length: 51 }, (_, i) => `a${i}@x.fi`) },
        { line: 'x'.repeat(999) },
      ]) {
        expect(await ask(change)).toMatchObject({ name: 'InvalidParameterValue', $metadata: { httpStatusCode: 400 } });
      }
      expect(sent()).toEqual([]);
    });
  });
};
