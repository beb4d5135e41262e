import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { NewRescore, RescoreChange, RescoreList, RescorePath, ShownRescore } from '../../shared/api/rescores.ts';
import { operation } from './operations.ts';

export const rescorePaths: ZodOpenApiPathsObject = {
  '/v1/rescores': {
    get: operation({
      id: 'listRescores',
      tag: 'Scoring model',
      summary: 'How silent members were brought to each version, the newest first',
      answers: { 200: ['The rescores', RescoreList] },
      fails: [],
    }),
    post: operation({
      id: 'startRescore',
      tag: 'Scoring model',
      summary: 'Bring silent members to the model in force',
      description: 'Publishing does so by itself, unless told otherwise. It begins with the next sweep.',
      body: NewRescore,
      answers: { 201: ['Started', ShownRescore] },
      fails: [400, 404, 409, 415, 422],
    }),
  },
  '/v1/rescores/{version}': {
    get: operation({
      id: 'showRescore',
      tag: 'Scoring model',
      summary: 'How far a rescore is',
      path: RescorePath,
      answers: { 200: ['The rescore', ShownRescore] },
      fails: [404],
    }),
    patch: operation({
      id: 'changeRescore',
      tag: 'Scoring model',
      summary: 'Pause a rescore, resume it, or change its pace',
      description: 'From the next sweep on: whom the last one has picked is looked at all the same.',
      path: RescorePath,
      body: RescoreChange,
      answers: { 200: ['The rescore as it is now', ShownRescore] },
      fails: [400, 404, 409, 415, 422],
    }),
    delete: operation({
      id: 'cancelRescore',
      tag: 'Scoring model',
      summary: 'Cancel a rescore',
      description: 'Members follow when they do something or time moves them, as without it.',
      path: RescorePath,
      answers: { 200: ['The rescore as it is now', ShownRescore] },
      fails: [404, 409],
    }),
  },
};
