import * as z from 'zod';
import { lastPart } from './place.ts';
import type { StackView } from './stack-view.ts';

const Destination = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }).optional(),
  }),
});

const Subscription = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
});

/** A way from SES, through a topic, to a queue. */
export type MailReportBlueprint = {
  readonly configurationSet: string;
  /** As CloudFormation calls them: `send`, `delivery`, … */
  readonly types: readonly string[];
  /** ARN. */
  readonly topic: string;
  /** Name. */
  readonly queue: string;
  /** Whether it comes as it is, without SNS's envelope. */
  readonly raw: boolean;
};

/** Where SES reports to. Only what ends in a queue is carried out here. */
export const readMailReports = ({ all }: StackView): MailReportBlueprint[] => {
  const subscriptions = all(Subscription, 'AWS::SNS::Subscription').filter(([, { Protocol }]) => Protocol === 'sqs');
  return all(Destination, 'AWS::SES::ConfigurationSetEventDestination').flatMap(
    ([, { ConfigurationSetName, EventDestination }]) => {
      const { Enabled, MatchingEventTypes, SnsDestination } = EventDestination;
      if (!Enabled || !SnsDestination) return [];
      return subscriptions
        .filter(([, { TopicArn }]) => TopicArn === SnsDestination.TopicARN)
        .map(([, { TopicArn, Endpoint, RawMessageDelivery }]) => ({
          configurationSet: ConfigurationSetName,
          types: MatchingEventTypes,
          topic: TopicArn,
          queue: lastPart(Endpoint),
          raw: RawMessageDelivery,
        }));
    },
  );
};
