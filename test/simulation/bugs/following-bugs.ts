import { type AttributeValue, BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { RETRACTED } from '../../../events/event-retracted.ts';
import { SNAPSHOT } from '../../../shared/aws/keys.ts';
import { snapshotAttributes, snapshotOf } from '../../../shared/aws/member-rows.ts';
import type { Snapshot } from '../../../shared/scoring/snapshot.ts';
import { around } from '../around.ts';
import { tableNames } from '../names.ts';
import { realWiring, TRACKING_SET } from '../wiring.ts';
import type { Bug } from './bug.ts';
import { clientsOf } from './clients-of.ts';

type Row = Record<string, AttributeValue>;

/** The same with a yes to being followed where there is a no. */
const withYes = (snapshot: Snapshot): Snapshot => {
  const { standing } = snapshot;
  const { profile } = standing;
  const { tracking } = profile.consents;
  if (tracking?.given !== false) return snapshot;
  const consents = { ...profile.consents, tracking: { ...tracking, given: true, at: 0 } };
  return { ...snapshot, standing: { ...standing, profile: { ...profile, consents } } };
};

/** What goes wrong where members are followed in their mails. */
export const followingBugs: readonly Bug[] = [
  {
    name: 'followed-unasked',
    says: 'every mail is sent so that its reader is followed, whoever has agreed to that',
    wiring: {
      deliver: (outside) =>
        realWiring.deliver({
          ...outside,
          ses: around(outside.ses, (command, send) =>
            send(
              command instanceof SendRawEmailCommand && outside.follows
                ? new SendRawEmailCommand({ ...command.input, ConfigurationSetName: TRACKING_SET })
                : command,
            ),
          ),
        }),
    },
  },
  {
    name: 'act-told-twice',
    says: 'what was done with a mail is told under another id each time that it is told',
    wiring: clientsOf('feedback', (outside) => ({
      sqs: around(outside.sqs, (command, send) => {
        if (!(command instanceof SendMessageBatchCommand)) return send(command);
        const Entries = command.input.Entries?.map((entry) => {
          const message = JSON.parse(entry.MessageBody ?? '{}');
          const event = { ...message.event, id: `${message.event?.id}-${outside.now()}` };
          return { ...entry, MessageBody: JSON.stringify({ ...message, event }) };
        });
        return send(new SendMessageBatchCommand({ ...command.input, Entries }));
      }),
    })),
  },
  {
    name: 'scans-count',
    isRare: true,
    says: 'what is done with a mail in the minute after it has arrived counts like all else',
    wiring: clientsOf('feedback', (outside) => ({
      dynamodb: around(outside.dynamodb, async (command, send) => {
        const answer = await send(command);
        if (!(command instanceof GetItemCommand)) return answer;
        const { Item } = Object(answer);
        return Item?.state ? { ...Object(answer), Item: { ...Item, 'fate#delivered': { N: '0' } } } : answer;
      }),
    })),
  },
  {
    name: 'machine-stays',
    says: 'what turns out to be a machine’s when the rest of it is reported is not taken back',
    wiring: clientsOf('feedback', (outside) => ({
      sqs: around(outside.sqs, async (command, send) => {
        if (!(command instanceof SendMessageBatchCommand)) return send(command);
        const { Entries: all = [] } = command.input;
        const Entries = all.filter(({ MessageBody = '' }) => !MessageBody.includes(`"${RETRACTED}"`));
        if (Entries.length > 0) await send(new SendMessageBatchCommand({ ...command.input, Entries }));
        return { Successful: all.map(({ Id }) => ({ Id })), Failed: [] };
      }),
    })),
  },
  {
    name: 'act-untold',
    says: 'what a person did with a mail is noted, and not told',
    wiring: clientsOf('feedback', (outside) => ({
      sqs: around(outside.sqs, async (command, send) =>
        command instanceof SendMessageBatchCommand
          ? { Successful: command.input.Entries?.map(({ Id }) => ({ Id })), Failed: [] }
          : send(command),
      ),
    })),
  },
  {
    name: 'no-taken-for-yes',
    isRare: true,
    says: 'whoever has taken it back that they are followed is taken to agree to it as ever, when an act is heard of',
    wiring: clientsOf('feedback', (outside) => ({
      dynamodb: around(outside.dynamodb, async (command, send) => {
        const answer = await send(command);
        if (!(command instanceof BatchGetItemCommand)) return answer;
        const rows: Row[] = Object(answer).Responses?.[tableNames.MEMBERS_TABLE] ?? [];
        const changed = rows.map((row) =>
          row.sk?.S === SNAPSHOT ? { ...row, ...snapshotAttributes(withYes(snapshotOf(row))) } : row,
        );
        return { ...Object(answer), Responses: { [tableNames.MEMBERS_TABLE]: changed } };
      }),
    })),
  },
];
