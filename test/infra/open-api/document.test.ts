import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openApiText } from '../../../infra/open-api/document.ts';
import { stackOf } from '../../support/template.ts';

const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().optional(),
});
const Content = z.record(z.string(), z.looseObject({ schema: z.looseObject({}) }));
const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()).length(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).length(1),
  parameters: z.array(Parameter).default([]),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.looseObject({ description: z.string(), content: Content.optional() }),
  ),
});
const OpenApi = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  tags: z.array(z.looseObject({ name: z.string() })),
  paths: z.record(
    z.string().startsWith('/v1/'),
    z.record(z.enum(['get', 'put', 'post', 'patch', 'delete']), Operation.optional()),
  ),
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({})),
    securitySchemes: z.record(z.string(), z.looseObject({})),
  }),
});

const text = openApiText();
const document = OpenApi.parse(JSON.parse(text));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    operation ? [{ key: `${method.toUpperCase()} ${path}`, path, operation }] : [],
  ),
);

describe('docs/openapi.json', () => {
  it('is what the schemas say (if not: npm run openapi)', () => {
    expect(readFileSync('docs/openapi.json', 'utf8')).toBe(text);
  });

  it('has every route of the stack, and no other', () => {
    const routes = Object.values(Template.fromStack(stackOf()).findResources('AWS::ApiGatewayV2::Route'));
    const keys = routes.map(
      (route) => z.object({ Properties: z.object({ RouteKey: z.string() }) }).parse(route).Properties.RouteKey,
    );
    // What answers any method does something for two of them.
    const spelled = keys.flatMap((key) =>
      key.startsWith('ANY ') ? [key.replace('ANY', 'GET'), key.replace('ANY', 'POST')] : [key],
    );
    expect(operations.map(({ key }) => key).toSorted()).toEqual(spelled.toSorted());
  });

  it('refers to nothing that is not there', () => {
    const refs = [...text.matchAll(/"\$ref": "([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) {
      const name = ref.replace('#/components/schemas/', '');
      expect(document.components.schemas[name], ref).toBeDefined();
    }
  });

  it('names each operation once, under a tag and with a way in that there are', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { operation } of operations) {
      expect(tags).toContain(operation.tags[0]);
      for (const scheme of operation.security.flatMap(Object.keys)) {
        expect(document.components.securitySchemes).toHaveProperty(scheme);
      }
    }
  });

  it.each(operations)(
    '$key declares the parts of its path, and answers problems as problem details',
    ({ path, operation }) => {
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(declared.every(({ required }) => required)).toBe(true);
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const told = path.endsWith('{token}') ? 'text/html' : 'application/json';
        if (status < '400') expect(Object.keys(content ?? {})).toEqual([told]);
        else if (content) expect(Object.keys(content)).toEqual(['application/problem+json']);
      }
    },
  );

  it('asks for a signature of sources, for nothing but the link of its reader, and for a token everywhere else', () => {
    for (const { key, operation } of operations) {
      const scheme = key.includes('/webhooks/') ? 'signature' : 'token';
      expect(operation.security).toEqual([key.endsWith('{token}') ? {} : { [scheme]: [] }]);
    }
  });
});
