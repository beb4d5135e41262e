import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as admin from '../../shared/api/admin.ts';
import * as deliveries from '../../shared/api/deliveries.ts';
import * as explanation from '../../shared/api/explanation.ts';
import * as memberExport from '../../shared/api/member-export.ts';
import * as members from '../../shared/api/members.ts';
import * as messages from '../../shared/api/messages.ts';
import { Staff } from '../../shared/scoring/staff.ts';
import { mailPaths } from './mail-paths.ts';
import { operation } from './operations.ts';
import { rescorePaths } from './rescore-paths.ts';

const lookups: ZodOpenApiPathsObject = {
  '/v1/members': {
    get: operation({
      id: 'listMembers',
      tag: 'Members',
      summary: 'Who is in a stage',
      description: 'By id. A page can be shorter than asked for: who has just left the stage is not shown.',
      query: members.MembersQuery,
      answers: { 200: ['A page', members.MemberList] },
      fails: [400, 404, 503],
    }),
  },
  '/v1/members/{id}': {
    get: operation({
      id: 'showMember',
      tag: 'Members',
      summary: 'Where a member stands now',
      path: members.MemberPath,
      query: members.InLanguage,
      answers: { 200: ['The standing', members.MemberNow] },
      fails: [404, 503],
    }),
    delete: operation({
      id: 'eraseMember',
      tag: 'Members',
      summary: 'Erase a member',
      description:
        'All that is stored of them goes within moments. What they said no to stays, under keyed hashes of their id and address that nobody can read, and counts if they come back.',
      path: members.MemberPath,
      answers: { 202: ['It will be done in a moment', members.Erasure] },
      fails: [404, 503],
    }),
  },
  '/v1/members/{id}/export': {
    get: operation({
      id: 'exportMember',
      tag: 'Members',
      summary: 'All that is stored of a member',
      description:
        'For themselves, or for whoever they want to have it: what the sources told, what was made of it, what they agreed to, whom mails about them went to. Page by page.',
      path: memberExport.ExportPath,
      query: memberExport.ExportQuery,
      answers: { 200: ['A page', memberExport.MemberExport] },
      fails: [400, 404],
    }),
  },
  '/v1/members/{id}/erasure': {
    get: operation({
      id: 'previewErasure',
      tag: 'Members',
      summary: 'What an erasure of a member would remove',
      path: members.MemberPath,
      answers: { 200: ['What is stored', members.Erasure] },
      fails: [404],
    }),
  },
  '/v1/members/{id}/timeline': {
    get: operation({
      id: 'showTimeline',
      tag: 'Members',
      summary: 'What happened, what it changed, and what was sent about it',
      path: members.MemberPath,
      query: members.TimelineQuery,
      answers: { 200: ['A page, the newest first', members.Timeline] },
      fails: [400, 404, 503],
    }),
  },
  '/v1/members/{id}/explanation': {
    get: operation({
      id: 'explainMember',
      tag: 'Members',
      summary: 'Where every point of a member’s scores comes from',
      path: members.MemberPath,
      description: 'And what would lead to another stage. With `audience=member`, what the member may be shown of it.',
      query: explanation.ExplanationQuery,
      answers: {
        200: ['The explanation', z.union([explanation.MemberExplanation, explanation.ExplanationForMember])],
      },
      fails: [400, 404, 503],
    }),
  },
  '/v1/messages/{id}/preview': {
    get: operation({
      id: 'previewMessage',
      tag: 'Members',
      summary: 'A letter as a member would get it; nothing is sent',
      path: messages.MessagePath,
      query: messages.PreviewQuery,
      answers: { 200: ['The letter', messages.MessagePreview] },
      fails: [400, 404, 503],
    }),
  },
};

const models: ZodOpenApiPathsObject = {
  '/v1/models': {
    get: operation({
      id: 'listModels',
      tag: 'Scoring model',
      summary: 'The versions, the newest first',
      answers: { 200: ['The versions', admin.ModelList] },
      fails: [],
    }),
    post: operation({
      id: 'publishModel',
      tag: 'Scoring model',
      summary: 'Publish a model',
      description: 'It is in force for everybody within a minute. Every version stays.',
      body: admin.ModelToPublish,
      answers: {
        200: ['It was in force already', admin.Published],
        201: ['Published', admin.Published],
      },
      fails: [400, 413, 415, 422],
    }),
  },
  '/v1/models/current': {
    get: operation({
      id: 'showCurrentModel',
      tag: 'Scoring model',
      summary: 'The model in force',
      answers: { 200: ['The model', admin.PublishedModel] },
      fails: [404],
    }),
  },
  '/v1/models/{version}': {
    get: operation({
      id: 'showModel',
      tag: 'Scoring model',
      summary: 'A version of the model',
      path: admin.ModelPath,
      answers: { 200: ['The model', admin.PublishedModel] },
      fails: [404],
    }),
  },
  '/v1/models/{version}/rollback': {
    post: operation({
      id: 'rollbackModel',
      tag: 'Scoring model',
      summary: 'Bring the model of an earlier version back',
      description:
        'It is published as a new version: versions only grow. Everybody stands where that model puts them, as if it had been in force all along.',
      path: admin.ModelPath,
      body: admin.RollbackBody,
      answers: {
        200: ['It was in force already', admin.Published],
        201: ['Published', admin.Published],
      },
      fails: [400, 404, 415, 422],
    }),
  },
};

const settings: ZodOpenApiPathsObject = {
  '/v1/staff': {
    get: operation({
      id: 'showStaff',
      tag: 'Staff',
      summary: 'Who looks after whom',
      answers: { 200: ['The staff', Staff] },
      fails: [404],
    }),
    put: operation({
      id: 'setStaff',
      tag: 'Staff',
      summary: 'Set the staff, as a whole',
      body: Staff,
      answers: { 200: ['The staff as it is now', Staff] },
      fails: [400, 413, 415, 422],
    }),
  },
  '/v1/sources': {
    get: operation({
      id: 'listSources',
      tag: 'Sources',
      summary: 'Who may send events',
      answers: { 200: ['The sources', admin.SourceList] },
      fails: [],
    }),
    post: operation({
      id: 'addSource',
      tag: 'Sources',
      summary: 'Add a source',
      body: admin.NewSource,
      answers: { 201: ['Added; the secret is shown this once', admin.NewSecret] },
      fails: [400, 409, 415, 422],
    }),
  },
  '/v1/link-keys': {
    post: operation({
      id: 'rotateLinkKey',
      tag: 'Links in mails',
      summary: 'Seal links in mails with a new key',
      description: 'Links that are out there go on working.',
      answers: { 201: ['The new key', admin.NewLinkKey] },
      fails: [],
    }),
  },
  '/v1/sources/{source}/secrets': {
    post: operation({
      id: 'rotateSecret',
      tag: 'Sources',
      summary: 'Give a source a new secret',
      description: 'The secrets before it count for a while longer, so that no request is lost in between.',
      path: admin.SourcePath,
      body: admin.Rotation,
      answers: { 201: ['The new secret, shown this once', admin.NewSecret] },
      fails: [400, 404, 415, 422],
    }),
  },
};

const quarantine: ZodOpenApiPathsObject = {
  '/v1/quarantine': {
    get: operation({
      id: 'listQuarantine',
      tag: 'Quarantine',
      summary: 'Input that could not be processed',
      query: admin.QuarantineQuery,
      answers: { 200: ['A page', admin.QuarantineList] },
      fails: [400],
    }),
  },
  '/v1/quarantine/{id}/replay': {
    post: operation({
      id: 'replayQuarantined',
      tag: 'Quarantine',
      summary: 'Give an input back to the queue',
      path: admin.QuarantinePath,
      answers: { 202: ['It is back in the queue', admin.Replayed] },
      fails: [404, 422, 503],
    }),
  },
};

const mails: ZodOpenApiPathsObject = {
  '/v1/deliveries': {
    get: operation({
      id: 'listDeliveries',
      tag: 'Deliveries',
      summary: 'Mails of which nobody knows whether they left, or that wait for their time',
      description:
        'What SES reports settles most of them by itself within minutes. The rest is for a person to settle.',
      query: deliveries.DeliveriesQuery,
      answers: { 200: ['A page, the oldest first', deliveries.DeliveryList] },
      fails: [400],
    }),
  },
  '/v1/deliveries/{tag}/resolve': {
    post: operation({
      id: 'resolveDelivery',
      tag: 'Deliveries',
      summary: 'Say whether such a mail went out',
      description: 'It is never sent again, whatever is said. What SES reports of it later counts for more.',
      path: deliveries.DeliveryPath,
      body: deliveries.Resolution,
      answers: { 202: ['It will be noted in a moment', deliveries.Resolved] },
      fails: [400, 404, 415, 422, 503],
    }),
  },
};

export const staffPaths: ZodOpenApiPathsObject = {
  ...lookups,
  ...models,
  ...rescorePaths,
  ...settings,
  ...quarantine,
  ...mails,
  ...mailPaths,
};
