import { readdirSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Bindings } from '../../infra/constructs/binding.ts';
import type { Functions } from '../../infra/constructs/functions.ts';
import { appOf, context, resources } from '../support/template.ts';

const LambdaFunction = z.object({
  Description: z.string(),
  Handler: z.string(),
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Role: z.string(),
  Timeout: z.number(),
  ReservedConcurrentExecutions: z.number(),
  TracingConfig: z.object({ Mode: z.string() }),
  LoggingConfig: z.object({ LogFormat: z.string(), LogGroup: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});
const LogGroup = z.object({ RetentionInDays: z.number() });

const functions = resources('AWS::Lambda::Function', LambdaFunction);
const logGroups = resources('AWS::Logs::LogGroup', LogGroup);

describe('every function', () => {
  it('is a folder, and every folder is a function', () => {
    const folders = readdirSync(new URL('../../functions', import.meta.url));
    expect(functions.map(({ of }) => of.Description.replace('Polku: ', '')).sort()).toEqual(folders.sort());
  });

  it.each(functions)('runs on Node 24 and arm64, traced: $id', ({ of }) =>
    expect(of).toMatchObject({
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    }),
  );

  it('has a role of its own', () => expect(new Set(functions.map(({ of }) => of.Role)).size).toBe(functions.length));

  it('that sends mail is done before a claim of it counts as lost, after five minutes', () => {
    const senders = functions.filter(({ of }) => 'CONFIGURATION_SET' in of.Environment.Variables);
    // Deliver alone.
    expect(senders).toHaveLength(1);
    expect(senders.filter(({ of }) => of.Timeout >= 5 * 60)).toEqual([]);
  });

  it.each(functions)('writes JSON lines into a log of its own: $id', ({ of }) => {
    expect(of.LoggingConfig.LogFormat).toBe('JSON');
    expect(functions.filter((other) => other.of.LoggingConfig.LogGroup === of.LoggingConfig.LogGroup)).toHaveLength(1);
    expect(logGroups.map(({ id }) => id)).toContain(of.LoggingConfig.LogGroup);
  });

  it.each(functions)('is told no secret: $id', ({ of }) =>
    expect(Object.keys(of.Environment.Variables).filter((name) => /SECRET|TOKEN|PASSWORD|KEY/.test(name))).toEqual([]),
  );

  it('does not compile without one of its settings', () => {
    // @ts-expect-error MEMBERS_TABLE is missing
    const forgetful: Bindings<Functions['sweep']> = { ACTIVITY_QUEUE_URL: 'https://queue.example' };
    expect(forgetful).toBeDefined();
  });

  it('keeps some of the account’s concurrency free for itself', () => {
    const sum = functions.reduce((total, { of }) => total + of.ReservedConcurrentExecutions, 0);
    expect(sum).toBe(58);
  });

  it('shares it where the account is too small for that', () => {
    const template = Template.fromStack(appOf({ ...context.polku, reserveConcurrency: false }).stack);
    const kept = template.findResources('AWS::Lambda::Function', {
      Properties: { ReservedConcurrentExecutions: 1 },
    });
    expect(kept).toEqual({});
    // It is validated as a whole, which takes long on a busy machine.
  }, 120_000);
});

it('forgets every log after three months', () =>
  expect(logGroups.filter(({ of }) => of.RetentionInDays !== 90)).toEqual([]));
