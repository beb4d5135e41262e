import type { AppProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import cdk from '../../cdk.json' with { type: 'json' };
import { polkuApp } from '../../infra/polku-app.ts';

export const context = cdk.context;

/** Without the code of the functions, which is built elsewhere. */
export const appOf = (polku: unknown = context.polku, props: AppProps = {}) =>
  polkuApp({ context: { ...context, polku, 'aws:cdk:bundling-stacks': [] }, ...props });

/** Unchecked by CloudFormation's rules, which take longer than all the rest: the test of the findings asks for them. */
export const stackOf = (polku?: unknown) => appOf(polku, { builtinCloudFormationValidation: false }).stack;

const Resources = z.record(
  z.string(),
  z.object({
    Type: z.string(),
    Properties: z.record(z.string(), z.json()).default({}),
    DeletionPolicy: z.string().optional(),
  }),
);

const Reference = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((it) => it['Fn::GetAtt'].join('.')),
  z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.json())]) }).transform((it) => {
    const [between, parts] = it['Fn::Join'];
    return parts.map((part) => plain(part)).join(between);
  }),
]);

/** References as text: `{ Ref: 'Topic' }` → `Topic`, `{ 'Fn::GetAtt': ['Queue', 'Arn'] }` → `Queue.Arn`. */
const plain = (value: z.core.util.JSONType): z.core.util.JSONType => {
  const reference = Reference.safeParse(value);
  if (reference.success) return reference.data;
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

const all = Resources.parse(Template.fromStack(stackOf()).toJSON().Resources);

/** Every resource of a kind in the synthesised template, by its logical id, its properties read by the schema. */
export const resources = <Properties extends z.ZodType>(type: string, schema: Properties) =>
  Object.entries(all)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties, DeletionPolicy }]) => ({
      id,
      kept: DeletionPolicy === 'Retain',
      ...z.object({ of: schema }).parse({ of: plain(Properties) }),
    }));

export const types = (): readonly string[] => [...new Set(Object.values(all).map(({ Type }) => Type))];
