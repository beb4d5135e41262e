import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as previews from '../../shared/api/previews.ts';
import { operation } from './operations.ts';

export const previewPaths: ZodOpenApiPathsObject = {
  '/v1/previews': {
    post: operation({
      id: 'previewModel',
      tag: 'Scoring model',
      summary: 'Reckon what a draft of the model would change for everybody',
      description:
        'Nothing is published and nobody is written to. The same asked again gives what there is already, and sees to it that the work goes on: whoever lost sight of a preview asks again.',
      body: previews.NewPreview,
      answers: {
        200: ['It was asked for already', previews.Preview],
        202: ['It is being reckoned', previews.Preview],
      },
      fails: [400, 413, 415, 422],
    }),
  },
  '/v1/previews/{id}': {
    get: operation({
      id: 'showPreview',
      tag: 'Scoring model',
      summary: 'How far a preview has come; its result when it is done',
      path: previews.PreviewPath,
      answers: { 200: ['The preview', previews.Preview] },
      fails: [404],
    }),
    delete: operation({
      id: 'cancelPreview',
      tag: 'Scoring model',
      summary: 'Cancel a preview, or forget its result',
      path: previews.PreviewPath,
      answers: { 200: ['It is gone', previews.PreviewGone] },
      fails: [404],
    }),
  },
};
