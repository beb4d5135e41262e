import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resources } from '../support/template.ts';

const list = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = z.object({
  Roles: z.array(z.string()),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.literal('Allow'),
        Action: list,
        Resource: list,
        Condition: z.record(z.string(), z.record(z.string(), list)).default({}),
      }),
    ),
  }),
});
const Role = z.object({ ManagedPolicyArns: z.array(z.unknown()).default([]) });

const policies = resources('AWS::IAM::Policy', Policy);
const roles = resources('AWS::IAM::Role', Role);
const statements = policies.flatMap(({ id, of }) =>
  of.PolicyDocument.Statement.map((statement) => ({ policy: id, ...statement })),
);
const using = (service: string) =>
  statements.filter(({ Action }) => Action.some((one) => one.startsWith(`${service}:`)));

describe('every role', () => {
  it.each(roles)('has one policy, and no managed one: $id', ({ id, of }) => {
    expect(of.ManagedPolicyArns).toEqual([]);
    expect(policies.filter((policy) => policy.of.Roles.includes(id))).toHaveLength(1);
  });

  it('names each action', () =>
    expect(statements.filter(({ Action }) => Action.some((one) => one.includes('*')))).toEqual([]));

  it('names each resource, but for X-Ray and the delivery of logs, which have none', () => {
    const wide = statements.filter(({ Resource }) => Resource.some((one) => one === '*'));
    expect(
      wide
        .flatMap(({ Action }) => Action)
        .filter((one) => !/^xray:|^logs:\w+(Delivery|Deliveries|Polic(y|ies)|Groups)$/.test(one)),
    ).toEqual([]);
    expect(wide.flatMap(({ Action }) => Action).filter((one) => one.startsWith('logs:'))).toHaveLength(8);
  });

  it('names each resource to the end, but for executions, whose names come later', () => {
    const open = statements.filter(({ Resource }) => Resource.some((one) => one !== '*' && one.includes('*')));
    expect(open.flatMap(({ Action }) => Action).sort()).toEqual(['states:DescribeExecution', 'states:StopExecution']);
    expect(
      open.flatMap(({ Resource }) => Resource).filter((one) => !one.endsWith(':execution:Polku-preview:*')),
    ).toEqual([]);
  });
});

describe('whoever reaches a table', () => {
  const tables = using('dynamodb').filter(({ Action }) => !Action.includes('dynamodb:Scan'));

  it('is held to the partitions that concern it', () => {
    const unheld = tables.filter(
      ({ Resource, Condition }) =>
        !Resource.every((one) => one.includes('/index/')) &&
        !Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']?.length,
    );
    expect(unheld).toEqual([]);
  });

  it('never reads all of it', () =>
    expect(tables.flatMap(({ Action }) => Action).filter((one) => /PartiQLSelect|Export/.test(one))).toEqual([]));

  it('but the preview, which is about everybody, and may see nothing but keys in that way', () => {
    const scans = using('dynamodb').filter(({ Action }) => Action.includes('dynamodb:Scan'));
    expect(scans).toMatchObject([
      {
        policy: expect.stringMatching(/^Preview/),
        Action: ['dynamodb:Scan'],
        Condition: {
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
          StringEquals: { 'dynamodb:Select': ['SPECIFIC_ATTRIBUTES'] },
        },
      },
    ]);
  });

  it('changes a member’s record only if it is score; others keep book of mails, stages and choices beside it', () => {
    const writers = tables
      .filter(({ Action, Condition }) => {
        const partitions = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [];
        return (
          partitions.some((one) => one.startsWith('member#')) &&
          Action.some((one) => /Put|Update|Insert|Delete/.test(one))
        );
      })
      .map(({ policy }) => policy.replace(/Role.*/, ''));
    expect([...new Set(writers)].sort()).toEqual(['Deliver', 'Feedback', 'Preferences', 'Score']);
  });
});

it('sends mail from the organisation’s address alone', () =>
  expect(using('ses').filter(({ Condition }) => !Condition.StringEquals?.['ses:FromAddress'])).toEqual([]));
