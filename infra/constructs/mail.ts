import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EventDestination,
  HttpsPolicy,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Binding } from './binding.ts';
import { counted } from './counted.ts';
import type { Inbox } from './inbox.ts';
import { followed, MailReports, reported } from './mail-reports.ts';
import type { OnCall } from './on-call.ts';

export type MailProps = {
  readonly sender: string;
  readonly domain: string;
  /** Where opens and clicks of those who agreed to it are followed; left out, nobody is. */
  readonly trackingDomain?: string | undefined;
  readonly calls: OnCall;
};

const everyMail = {
  // Who belongs to a union is nobody's to read on the way.
  tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
  suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  reputationMetrics: true,
} as const;

/** Mail from one domain, signed (DKIM), over TLS or not at all, and to nobody whose address bounced or complained. */
export class Mail extends Construct {
  readonly #configuration: ConfigurationSet;
  /** For mails whose reader may be followed. */
  readonly #tracking: ConfigurationSet | undefined;
  readonly #identity: EmailIdentity;
  readonly #sender: string;

  constructor(scope: Construct, id: string, { sender, domain, trackingDomain, calls }: MailProps) {
    super(scope, id);
    this.#sender = sender;
    this.#configuration = new ConfigurationSet(this, 'Configuration', everyMail);
    this.#tracking =
      trackingDomain === undefined
        ? undefined
        : new ConfigurationSet(this, 'Tracking', {
            ...everyMail,
            customTrackingRedirectDomain: trackingDomain,
            // Else the image is fetched in the open.
            customTrackingHttpsPolicy: HttpsPolicy.REQUIRE,
          });
    this.#identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      configurationSet: this.#configuration,
    });
    for (const [index, { name, value }] of this.#identity.dkimRecords.entries()) {
      new CfnOutput(this, `Dkim${index + 1}`, {
        value: `${name} CNAME ${value}`,
        description: 'For the DNS of the sender domain',
      });
    }
    this.#watch(calls);
  }

  /** Lets SES report what becomes of each mail. */
  reportTo(inbox: Inbox): void {
    const { topic } = new MailReports(this, 'Reports', inbox);
    this.#configuration.addEventDestination('Reports', {
      destination: EventDestination.snsTopic(topic),
      events: [...reported],
    });
    this.#tracking?.addEventDestination('Reports', {
      destination: EventDestination.snsTopic(topic),
      events: [...reported, ...followed],
    });
  }

  /** Of mails in doubt; and of bounces and complaints before Amazon reviews the sender, at 5 % and 0.1 %. */
  #watch(calls: OnCall): void {
    const rateOf = (set: ConfigurationSet, name: string) =>
      new Metric({
        namespace: 'AWS/SES',
        metricName: `Reputation.${name}`,
        dimensionsMap: { 'ses:configuration-set': set.configurationSetName },
        statistic: 'Maximum',
        period: Duration.hours(1),
      });
    /** Of the worse of the two sets, where there are two. */
    const rate = (name: string) =>
      this.#tracking
        ? new MathExpression({
            expression: 'MAX([plain, followed])',
            usingMetrics: { plain: rateOf(this.#configuration, name), followed: rateOf(this.#tracking, name) },
            label: name,
            period: Duration.hours(1),
          })
        : rateOf(this.#configuration, name);
    const stack = Stack.of(this).stackName;
    calls.calledWhen(this, 'Unknown', {
      metric: counted(this, 'deliver', 'MailsUnknown'),
      above: 0,
      says: `${stack}: nobody knew whether some mails left. They are not sent again. What Amazon reports of them settles most by itself; \`deliveries --unknown\` shows the rest. Somebody may have got nothing.`,
    });
    calls.calledWhen(this, 'Bounces', {
      metric: rate('BounceRate'),
      from: 0.04,
      says: `${stack}: 4 % or more of the mails bounce. At 5 % Amazon may stop all mail of this account.`,
    });
    calls.calledWhen(this, 'Complaints', {
      metric: rate('ComplaintRate'),
      from: 0.0008,
      says: `${stack}: 0.08 % or more of the mails are reported as spam. At 0.1 % Amazon may stop all mail of this account.`,
    });
  }

  /** The configuration set, for one that may send with it, from the organisation's address only. */
  configuration(): Binding {
    return this.#sendsWith(this.#configuration);
  }

  /** The one for mails whose reader may be followed; empty where nobody is. */
  tracking(): Binding | string {
    return this.#tracking ? this.#sendsWith(this.#tracking) : '';
  }

  #sendsWith({ configurationSetName }: ConfigurationSet): Binding {
    const set = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSetName,
    });
    const send = new PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [this.#identity.emailIdentityArn, set],
      conditions: { StringEquals: { 'ses:FromAddress': this.#sender } },
    });
    return { value: configurationSetName, allows: [send] };
  }
}
