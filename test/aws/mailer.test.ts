import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailer } from '../../shared/aws/mailer.ts';
import { sesClient } from '../../shared/aws/ses-client.ts';

const ses = mockClient(SESClient);
const tools = {
  client: new SESClient(),
  organisation: 'Pohjoinen Liitto – Nordisk',
  sender: 'polku@example.org',
  configurationSet: 'letters',
  now: () => Date.UTC(2026, 10, 23, 6),
};
const mail = { to: 'maija@example.org', replyTo: 'kaisa@example.org', subject: 'Hei Åse', html: '<p>ø</p>', text: 'ø' };
const send = () => mailer(tools)(mail, 'tag-1');

const answer = (name: string, status: number, message = '') =>
  new SESServiceException({
    name,
    message,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status },
  });
const broken = (code: string) => Object.assign(new Error('the line broke'), { code });

describe('a mail', () => {
  beforeEach(() => ses.reset());

  it('goes as MIME to the one mailbox, with the set and the tag and nothing about the member beside them', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'message-1' });
    expect(await send()).toEqual({ kind: 'sent', messageId: 'message-1' });
    const { RawMessage, ...rest } = ses.commandCalls(SendRawEmailCommand)[0]?.args[0].input ?? {};
    expect(rest).toEqual({
      Source: 'polku@example.org',
      Destinations: ['maija@example.org'],
      ConfigurationSetName: 'letters',
      Tags: [{ Name: 'mail', Value: 'tag-1' }],
    });
    expect(await PostalMime.parse(RawMessage?.Data ?? '')).toMatchObject({
      subject: 'Hei Åse',
      to: [{ address: 'maija@example.org' }],
      replyTo: [{ address: 'kaisa@example.org' }],
    });
  });

  it.each([
    ['agreed, where the organisation follows', true, 'followed', 'followed'],
    ['agreed, where it does not', true, undefined, 'letters'],
    ['not agreed', undefined, 'followed', 'letters'],
  ] as const)('goes by the set of its reader, who has %s', async (_, tracked, trackingConfigurationSet, expected) => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'message-1' });
    await mailer({ ...tools, trackingConfigurationSet })({ ...mail, ...(tracked ? { tracked } : {}) }, 'tag-1');
    expect(ses.commandCalls(SendRawEmailCommand)[0]?.args[0].input.ConfigurationSetName).toBe(expected);
  });

  it.each([
    ['Throttling', 'Maximum sending rate exceeded.', 'second'],
    ['Throttling', 'Daily message quota exceeded.', 'day'],
    ['ThrottlingException', 'Rate exceeded', 'second'],
    ['TooManyRequestsException', '', 'second'],
  ])('answered %s (%s) was not taken, and is not offered again without a turn', async (name, message, limit) => {
    ses.on(SendRawEmailCommand).rejects(answer(name, 400, message));
    expect(await send()).toEqual({ kind: 'throttled', limit });
    expect(ses.calls()).toHaveLength(1);
  });

  it.each([
    ['MessageRejected', 400, 'refused'],
    ['InvalidParameterValue', 400, 'refused'],
    ['SomethingNewAboutTheMail', 400, 'refused'],
    ['AccountSendingPausedException', 400, 'later'],
    ['ConfigurationSetDoesNotExist', 400, 'later'],
    ['AccessDenied', 403, 'later'],
    ['ExpiredToken', 403, 'later'],
    ['RequestTimeout', 408, 'unknown'],
    ['InternalFailure', 500, 'unknown'],
    ['ServiceUnavailable', 503, 'unknown'],
  ])('answered %s (%i) is %s, and is not offered again', async (name, status, kind) => {
    ses.on(SendRawEmailCommand).rejects(answer(name, status));
    expect(await send()).toEqual({ kind, code: name });
    expect(ses.calls()).toHaveLength(1);
  });

  it.each([
    ['ECONNREFUSED', 'later'],
    ['ENOTFOUND', 'later'],
    ['ECONNRESET', 'unknown'],
    ['EPIPE', 'unknown'],
    ['ETIMEDOUT', 'unknown'],
  ])('whose line broke with %s is %s', async (code, kind) => {
    ses.on(SendRawEmailCommand).rejects(broken(code));
    expect(await send()).toEqual({ kind, code });
  });

  it('without an answer in time may have been taken', async () => {
    ses.on(SendRawEmailCommand).rejects(Object.assign(new Error('late'), { name: 'TimeoutError' }));
    expect(await send()).toEqual({ kind: 'unknown', code: 'TimeoutError' });
  });
});

describe('the client that sends', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['answers with an error of its own', (response) => response.writeHead(500).end()],
    ['cuts the line', (response) => response.destroy()],
    ['never answers', () => {}],
  ])('calls once, though SES %s', async (_, respond) => {
    ses.restore();
    let requests = 0;
    server = createServer((request, response) => {
      requests += 1;
      request.resume();
      respond(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
    const client = sesClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-north-1', credentials }, 200);
    expect((await mailer({ ...tools, client })(mail, 'tag-1')).kind).toBe('unknown');
    expect(requests).toBe(1);
  });
});
