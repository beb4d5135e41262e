import { Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { FIVE_MINUTES } from './on-call.ts';

/** What a function of this stack counts under a name, in five minutes. */
export const counted = (scope: Construct, service: keyof Functions, metricName: string): Metric =>
  new Metric({
    namespace: Stack.of(scope).stackName,
    metricName,
    dimensionsMap: { service },
    statistic: 'Sum',
    period: FIVE_MINUTES,
  });
