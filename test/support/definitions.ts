import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CloudTemplate } from '../../infra/local/template/cloud-template.ts';
import { type QueueBlueprint, readQueues } from '../../infra/local/template/queues.ts';
import { viewStack } from '../../infra/local/template/stack-view.ts';
import { readTables, type TableBlueprint } from '../../infra/local/template/tables.ts';
import { settingsFrom } from '../../infra/settings.ts';
import { Polku } from '../../infra/stack.ts';

/** Tables, queues and senders of the stack. Plain data: it can be handed to another process, which then need not synthesise. */
export type Definitions = {
  readonly tables: readonly TableBlueprint[];
  readonly queues: readonly QueueBlueprint[];
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
};

const synthesised = (): Definitions => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const app = new App({
    context: { ...context, 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true },
    builtinCloudFormationValidation: false,
  });
  const template = Template.fromStack(new Polku(app, 'Polku', settingsFrom(context.polku)));
  const view = viewStack(CloudTemplate.parse(template.toJSON()), { queueUrl: (name) => name, door: '' });
  return {
    tables: readTables(view),
    queues: readQueues(view),
    identities: view.idsOf('AWS::SES::EmailIdentity').map(view.nameOf),
    configurationSets: view.idsOf('AWS::SES::ConfigurationSet').map(view.nameOf),
  };
};

let known: Definitions | undefined;

/** As the stack says, without bundling any function; synthesised once to a process. */
export const definitions = (): Definitions => {
  known ??= synthesised();
  return known;
};
