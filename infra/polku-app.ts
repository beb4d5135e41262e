import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { acknowledge } from './acknowledgements.ts';
import { settingsFrom } from './settings.ts';
import { Polku } from './stack.ts';

/** One organisation's Polku, which cdk-nag reads when it is synthesised: any finding that is not acknowledged throws. */
export const polkuApp = (props: AppProps = {}): { readonly app: App; readonly stack: Polku } => {
  const app = new App({ analyticsReporting: false, ...props });
  const settings = settingsFrom(app.node.tryGetContext('polku'));
  const stack = new Polku(app, settings.stack, settings);
  acknowledge(stack);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return { app, stack };
};
