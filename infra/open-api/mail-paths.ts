import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as mail from '../../shared/api/mail.ts';
import { operation } from './operations.ts';

export const mailPaths: ZodOpenApiPathsObject = {
  '/v1/mail': {
    get: operation({
      id: 'showMail',
      tag: 'Deliveries',
      summary: 'How mails fare, and whether marketing has stopped',
      answers: { 200: ['As of now', mail.MailStatus] },
      fails: [],
    }),
  },
  '/v1/mail/resume': {
    post: operation({
      id: 'resumeMarketing',
      tag: 'Deliveries',
      summary: 'Let marketing go on',
      description: 'Bounces and complaints of before count no more.',
      answers: { 200: ['It goes on', mail.MailStatus] },
      fails: [],
    }),
  },
  '/v1/mail/allow': {
    post: operation({
      id: 'allowAddress',
      tag: 'Deliveries',
      summary: 'Write to an address again that bounced or complained',
      description: 'What was heard of it until now counts no more. Amazon may have it on a list of its own.',
      body: mail.Address,
      answers: { 200: ['It is written to again', mail.AddressAllowed] },
      fails: [400, 415, 422],
    }),
  },
};
