import { AddressAllowed, MailStatus } from '../../../shared/api/mail.ts';
import type { Adds, Desk } from './command.ts';

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

const show = ({ json, print, paper }: Desk, status: MailStatus): void => {
  if (json) {
    print(status);
    return;
  }
  const { marketing, sent, bounced, complained, bounceRate, complaintRate } = status;
  const { stopped } = marketing;
  paper.table([
    ['Sent', String(sent), 'in the last two weeks'],
    ['Bounced', String(bounced), `${percent(bounceRate)}, at 5 % marketing stops`],
    ['Called spam', String(complained), `${percent(complaintRate)}, at 0.1 % marketing stops`],
    [
      'Marketing',
      stopped ? { text: 'stopped', style: 'yellow' } : { text: 'goes out', style: 'green' },
      stopped ? `by itself, ${paper.date(stopped.at)}, for its ${stopped.why}: \`mail resume\` lets it go on` : '',
    ],
  ]);
};

export const mailCommands: Adds = (program, desk) => {
  const mail = program.command('mail').description('how mails fare, and what was stopped');
  mail
    .command('status')
    .description('bounces, complaints, and whether marketing goes out')
    .action(async () => show(desk(), await desk().api().ask(MailStatus, '/v1/mail')));
  mail
    .command('resume')
    .description('let marketing go on that has stopped by itself')
    .action(async () => show(desk(), await desk().api().ask(MailStatus, '/v1/mail/resume', { method: 'POST' })));
  mail
    .command('allow <address>')
    .description('write to an address again that bounced or complained')
    .action(async (address: string) => {
      const { api, json, print, paper } = desk();
      const answer = await api().ask(AddressAllowed, '/v1/mail/allow', { method: 'POST', body: { address } });
      if (json) return print(answer);
      paper.line('Noted: what was heard of it until now counts no more.');
    });
};
