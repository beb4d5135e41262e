import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { appOf } from '../support/template.ts';

describe('cdk-nag', () => {
  it('has nothing against the stack', () => expect(() => appOf().app.synth()).not.toThrow());

  it('is asked: a queue in the open does not get through', () => {
    const { app, stack } = appOf();
    new Queue(stack, 'Open');
    expect(() => app.synth()).toThrow();
  });

  it('is asked: a second open route does not get through', () => {
    const { app, stack } = appOf();
    new HttpApi(stack, 'Second').addRoutes({
      path: '/open',
      methods: [HttpMethod.GET],
      integration: new HttpUrlIntegration('Elsewhere', 'https://example.org'),
    });
    expect(() => app.synth()).toThrow();
  });
});
