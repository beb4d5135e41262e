import { z } from 'zod';

const Messages = z.object({
  messages: z.array(z.object({ tags: z.record(z.string(), z.string()).default({}) })),
});

/** How many mails of each kind lie in the local mailbox; the kind is a tag that every mail of Polku bears. */
export const mailsByKind = async (mailbox: string): Promise<Readonly<Record<string, number>>> => {
  const { messages } = Messages.parse(await (await fetch(`${mailbox}/messages`)).json());
  const kinds: Record<string, number> = {};
  for (const { tags } of messages) {
    const kind = tags.kind ?? 'other';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
};
