import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { acknowledge } from './acknowledgements.ts';
import { settingsFrom } from './settings.ts';
import { Polku } from './stack.ts';

const app = new App({ analyticsReporting: false });
const settings = settingsFrom(app.node.tryGetContext('polku'));
acknowledge(new Polku(app, settings.stack, settings));

Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
