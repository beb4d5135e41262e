import {
  MessageNotInflight,
  QueueDoesNotExist,
  SQSServiceException,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { asking, bodies, FAILED, type OpenQueues, RECEIVES, receives, refusalOf } from './asking-sqs.ts';

/** What Polku asks of queues, whatever they are in. Each test begins with empty ones. */
export const queuesContract = (name: string, open: () => Promise<OpenQueues>): void => {
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => `body ${i}`);

  describe(`queues in ${name}`, () => {
    it('take up to ten messages at once, and say of each that they have it', async () => {
      const { sendAll, receive } = asking(await open());
      const answer = await sendAll(numbered(10));
      expect(answer.Successful?.map(({ Id }) => Id)).toEqual(numbered(10).map((_, i) => `m${i}`));
      expect(answer.Failed ?? []).toEqual([]);
      const received = await receive();
      expect(bodies(received)).toEqual(numbered(10));
      const ids = received.map(({ MessageId }) => MessageId);
      expect(ids.toSorted()).toEqual(answer.Successful?.map(({ MessageId }) => MessageId).toSorted());
    });

    it('refuse eleven, and take none of them', async () => {
      const { sendAll, receive } = asking(await open());
      await expect(sendAll(numbered(11))).rejects.toBeInstanceOf(TooManyEntriesInBatchRequest);
      expect(await receive()).toEqual([]);
    });

    it('refuse no messages, two of one name, and more than a mebibyte', async () => {
      const { sendAll, send } = asking(await open());
      const refused = await Promise.all([
        refusalOf(sendAll([])),
        refusalOf(sendAll(numbered(2), () => 'same')),
        refusalOf(sendAll(['x'.repeat(600_000), 'x'.repeat(600_000)])),
        refusalOf(send('x'.repeat(1_048_577))),
      ]);
      for (const one of refused) expect(one).toBeInstanceOf(SQSServiceException);
      expect(refused).toMatchObject([
        { name: 'EmptyBatchRequest' },
        { name: 'BatchEntryIdsNotDistinct' },
        { name: 'BatchRequestTooLong' },
        {},
      ]);
    });

    it('refuse one message of a batch alone, for what no message may hold', async () => {
      const { sendAll, receive } = asking(await open());
      const answer = await sendAll(['good', 'bad \uffff', 'fine']);
      expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['m0', 'm2']);
      expect(answer.Failed).toMatchObject([{ Id: 'm1', SenderFault: true, Code: 'InvalidMessageContents' }]);
      expect(bodies(await receive())).toEqual(['fine', 'good']);
    });

    it('hide what was received until its time is over, and count', async () => {
      const { send, receive, pass } = asking(await open());
      await send('one');
      const first = await receive();
      expect(receives(first)).toEqual(['1']);
      expect(await receive()).toEqual([]);
      pass();
      const second = await receive();
      expect(receives(second)).toEqual(['2']);
      expect(second[0]?.MessageId).toBe(first[0]?.MessageId);
      expect(second[0]?.ReceiptHandle).not.toBe(first[0]?.ReceiptHandle);
    });

    it('give no more at once than asked for', async () => {
      const { sendAll, receive } = asking(await open());
      await sendAll(numbered(5));
      expect(await receive(2)).toHaveLength(2);
      expect(await receive(10)).toHaveLength(3);
    });

    it('forget what is deleted', async () => {
      const { send, receive, remove, pass } = asking(await open());
      await send('one');
      const [message] = await receive();
      await remove(message);
      await remove(message);
      pass();
      expect(await receive()).toEqual([]);
    });

    it('keep what is deleted by a receipt that has been superseded', async () => {
      const { send, receive, remove, pass } = asking(await open());
      await send('one');
      const [early] = await receive();
      pass();
      const [late] = await receive();
      await remove(early);
      pass();
      expect(bodies(await receive())).toEqual(['one']);
      await remove(late);
      pass();
      expect(await receive()).toHaveLength(1);
    });

    it('show a message again at once when asked, not when it is not hidden', async () => {
      const { send, receive, hideFor, remove } = asking(await open());
      await send('one');
      const [message] = await receive();
      await hideFor(message, 0);
      const [again] = await receive();
      expect(again?.MessageId).toBe(message?.MessageId);
      await remove(again);
      await expect(hideFor(again, 10)).rejects.toBeInstanceOf(MessageNotInflight);
    });

    it('hold a message back as long as it is told to', async () => {
      const { send, receive, pass } = asking(await open());
      await send('late', { DelaySeconds: 900 });
      await send('soon');
      expect(bodies(await receive())).toEqual(['soon']);
      pass();
      expect(bodies(await receive())).toEqual(['late', 'soon']);
    });

    it('give up what was received six times, to the queue for that', async () => {
      const queues = await open();
      const { send, receive, pass } = asking(queues);
      const failed = asking(queues, FAILED);
      const sent = await send('poison');
      for (let times = 1; times <= RECEIVES; times++) {
        expect(receives(await receive())).toEqual([String(times)]);
        pass();
      }
      expect(await failed.receive()).toEqual([]);
      expect(await receive()).toEqual([]);
      expect(await failed.receive()).toMatchObject([{ MessageId: sent.MessageId, Body: 'poison' }]);
    });

    it('are only those that there are', async () => {
      const { send } = asking(await open(), 'nowhere');
      await expect(send('one')).rejects.toBeInstanceOf(QueueDoesNotExist);
    });
  });
};
