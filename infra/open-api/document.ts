import { createDocument } from 'zod-openapi';
import { conditionComponents, namedConditions } from './conditions.ts';
import { linkPaths } from './link-paths.ts';
import { previewPaths } from './preview-paths.ts';
import { reportPaths } from './report-paths.ts';
import { staffPaths } from './staff-paths.ts';
import { webhookPaths } from './webhook-paths.ts';

/** The HTTP API as OpenAPI 3.1, from the schemas that the handlers read with. */
export const openApiDocument = () =>
  createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Polku',
        version: '1',
        description:
          'Engagement scoring for membership organisations: what people do comes in, and where they stand, and why, can be looked at.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: 'http://127.0.0.1:4400', description: 'Polku on this machine' }],
      tags: [
        'Events',
        'Links in mails',
        'Members',
        'Scoring model',
        'Staff',
        'Sources',
        'Quarantine',
        'Deliveries',
      ].map((name) => ({
        name,
      })),
      components: {
        schemas: conditionComponents,
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'For staff' },
          signature: {
            type: 'apiKey',
            in: 'header',
            name: 'webhook-signature',
            description: 'Standard Webhooks 1.0.0, symmetric (v1): see https://www.standardwebhooks.com',
          },
        },
      },
      paths: { ...webhookPaths, ...linkPaths, ...staffPaths, ...previewPaths, ...reportPaths },
    },
    { override: namedConditions },
  );

/** The text of docs/openapi.json. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;
