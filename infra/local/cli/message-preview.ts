import * as z from 'zod';
import { MessagePreview } from '../../../shared/api/messages.ts';
import type { Preview } from '../mailbox/take-preview.ts';
import { Trouble } from '../trouble.ts';
import { asking } from './api.ts';
import type { Desk } from './command.ts';
import { writeNewFile } from './document.ts';
import { plain } from './paper.ts';

export type PreviewOptions = { readonly member: string; readonly lang?: string; readonly html?: string };

const Kept = z.object({ id: z.string() });

const intoMailbox = async ({ world }: Desk, mailbox: string, preview: Preview): Promise<string> => {
  const answer = await asking(world, true, `${mailbox}/previews`, { method: 'POST', body: JSON.stringify(preview) });
  const kept = Kept.safeParse(await answer.json());
  if (!kept.success) throw new Trouble('The mailbox does not take the letter.');
  return `${mailbox}/mail/${kept.data.id}`;
};

/** Shows a letter as a member would get it: in the local mailbox, in a file, or as plain text. Sends nothing. */
export const previewMessage = async (desk: Desk, id: string, { member, lang, html }: PreviewOptions): Promise<void> => {
  const { api, json, print, paper, world } = desk;
  const query = new URLSearchParams({ member, ...(lang === undefined ? {} : { language: lang }) });
  const letter = await api().ask(MessagePreview, `/v1/messages/${encodeURIComponent(id)}/preview?${query}`);
  if (json) return print(letter);
  if (html !== undefined) {
    writeNewFile(world, html, letter.html);
    return paper.line(`Written to ${html}, in ${letter.language}. Nothing was sent.`);
  }
  const { mailbox } = desk.reach();
  if (mailbox !== undefined) {
    const { subject, text } = letter;
    const preview = { to: member, subject, html: letter.html, text, at: await desk.now() };
    const address = await intoMailbox(desk, mailbox, preview);
    return paper.line(`${address} shows it, in ${letter.language}. Nothing was sent.`);
  }
  paper.line(plain(letter.subject), 'bold');
  paper.line('');
  for (const line of letter.text.split('\n')) paper.line(plain(line));
  paper.line('');
  paper.line(`In ${letter.language}. Nothing was sent. --html FILE writes it as a page.`, 'dim');
};
