import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as reports from '../../shared/api/reports.ts';
import { operation } from './operations.ts';

export const reportPaths: ZodOpenApiPathsObject = {
  '/v1/reports': {
    post: operation({
      id: 'reportOnMessage',
      tag: 'Deliveries',
      summary: 'Find out whether a message helps',
      description:
        'Looks at everybody who got the message and at those who were held out. The same asked again gives what there is already, and sees to it that the work goes on: whoever lost sight of a report asks again.',
      query: reports.ReportQuery,
      body: reports.NewReport,
      answers: {
        200: ['It was asked for already', reports.Report],
        202: ['It is being reckoned', reports.Report],
      },
      fails: [400, 404, 409, 413, 415, 422],
    }),
  },
  '/v1/reports/{id}': {
    get: operation({
      id: 'showReport',
      tag: 'Deliveries',
      summary: 'How far a report has come; its result when it is done',
      path: reports.ReportPath,
      query: reports.ReportQuery,
      answers: { 200: ['The report', reports.Report] },
      fails: [404],
    }),
    delete: operation({
      id: 'cancelReport',
      tag: 'Deliveries',
      summary: 'Cancel a report, or forget its result',
      path: reports.ReportPath,
      answers: { 200: ['It is gone', reports.ReportGone] },
      fails: [404],
    }),
  },
};
