import * as z from 'zod';

const Messages = z.object({ messages: z.array(z.object({ subject: z.string() })) });

/** How many mails of each kind lie in the local mailbox. `kindOf` knows the kind by the subject. */
export const mailsByKind = async (
  mailbox: string,
  kindOf: (subject: string) => string,
): Promise<Readonly<Record<string, number>>> => {
  const { messages } = Messages.parse(await (await fetch(`${mailbox}/messages`)).json());
  const kinds = messages.map(({ subject }) => kindOf(subject));
  return Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
};
