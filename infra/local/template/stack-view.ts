import type { z } from 'zod';
import type { Json } from '../../../shared/kernel/json.ts';
import type { CloudTemplate } from './cloud-template.ts';
import { resolving } from './intrinsics.ts';
import { text } from './json-shape.ts';
import { arn } from './place.ts';

/** Types of resources that have a name which something else goes by. */
const kinds: Readonly<Record<string, { readonly property: string; readonly arn: (name: string) => string }>> = {
  'AWS::DynamoDB::Table': { property: 'TableName', arn: (name) => arn('dynamodb', `table/${name}`) },
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', arn: (name) => arn('dynamodb', `table/${name}`) },
  'AWS::SQS::Queue': { property: 'QueueName', arn: (name) => arn('sqs', name) },
  'AWS::SNS::Topic': { property: 'TopicName', arn: (name) => arn('sns', name) },
  'AWS::Lambda::Function': { property: 'FunctionName', arn: (name) => arn('lambda', `function:${name}`) },
  'AWS::StepFunctions::StateMachine': {
    property: 'StateMachineName',
    arn: (name) => arn('states', `stateMachine:${name}`),
  },
  'AWS::SES::ConfigurationSet': { property: 'Name', arn: (name) => arn('ses', `configuration-set/${name}`) },
  'AWS::SES::EmailIdentity': { property: 'EmailIdentity', arn: (name) => arn('ses', `identity/${name}`) },
};

/** Words of a construct's path that only say what the type says already. */
const idle = new Set(['Resource', 'Function', 'Table', 'Queue']);

const kebab = (word: string): string => word.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** `Polku/Score/Inbox/Queue/Resource` → `score-inbox`. */
const readable = (path: string): string =>
  path
    .split('/')
    .slice(1)
    .filter((word) => !idle.has(word))
    .map(kebab)
    .join('-');

/** A template's resources, with their names given and their intrinsic functions carried out. */
export type StackView = {
  /** The physical name: the resource's own, else a readable one from its path, else its logical id. */
  readonly nameOf: (id: string) => string;
  readonly arnOf: (id: string) => string;
  readonly propertiesOf: (id: string) => Json;
  readonly idsOf: (...types: string[]) => readonly string[];
  /** Every resource of these types with its properties as the schema reads them. */
  readonly all: <S extends z.ZodType>(schema: S, ...types: string[]) => readonly (readonly [string, z.infer<S>])[];
};

/** Where things are on this machine. */
export type Addresses = {
  /** Of an emulated queue, by its name. */
  readonly queueUrl: (name: string) => string;
  /** Of the front door. */
  readonly door: string;
};

export const viewStack = (template: CloudTemplate, { queueUrl, door }: Addresses): StackView => {
  const resourceAt = (id: string) => {
    const resource = template.Resources[id];
    if (!resource) throw new Error(`The template refers to ${id}, which is not in it`);
    return resource;
  };
  const fromPath = (id: string): string => {
    const path = resourceAt(id).Metadata['aws:cdk:path'];
    return typeof path === 'string' ? readable(path) : '';
  };
  const idsOf = (...types: string[]): string[] =>
    Object.keys(template.Resources).filter((id) => types.includes(resourceAt(id).Type));

  const nameOf = (id: string): string => {
    const { Type, Properties } = resourceAt(id);
    const kind = kinds[Type];
    if (!kind) return id;
    const own = Properties[kind.property];
    if (own !== undefined) return text(resolve(own));
    const name = fromPath(id);
    const alone = idsOf(Type).every((other) => other === id || fromPath(other) !== name);
    return name.length > 2 && alone ? name : id;
  };
  const arnOf = (id: string): string => (kinds[resourceAt(id).Type]?.arn ?? ((name) => arn('local', name)))(nameOf(id));
  /** What `Ref` gives is the name, but for these. */
  const refer = (id: string): string => {
    const { Type } = resourceAt(id);
    if (Type === 'AWS::SQS::Queue') return queueUrl(nameOf(id));
    return Type === 'AWS::SNS::Topic' ? arnOf(id) : nameOf(id);
  };

  const resolve = resolving(template, {
    refer,
    attribute: (id, name) => {
      if (name === 'Arn') return arnOf(id);
      if (name === 'ApiEndpoint') return door;
      return name === 'QueueUrl' ? queueUrl(nameOf(id)) : nameOf(id);
    },
  });
  const propertiesOf = (id: string): Json => resolve(resourceAt(id).Properties);

  return {
    nameOf,
    arnOf,
    propertiesOf,
    idsOf,
    all: (schema, ...types) => idsOf(...types).map((id) => [id, schema.parse(propertiesOf(id))]),
  };
};
