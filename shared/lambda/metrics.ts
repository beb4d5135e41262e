import { Metrics as Emf, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Counts for the dashboard and the alarms, by name. Never a name, an id or a value that somebody sent. */
export type Count = (metric: string, value: number) => void;

export type Metrics = {
  readonly count: Count;
  /** Writes what was counted since the last time. */
  readonly publish: () => void;
};

/** Counts kept until `publish` writes them as one line of CloudWatch's embedded metric format. */
export const createMetrics = (service: string): Metrics => {
  // The namespace is the stack's: POWERTOOLS_METRICS_NAMESPACE, so that organisations in one account stay apart.
  const metrics = new Emf({ serviceName: service });
  return {
    count: (metric, value) => {
      if (value > 0) metrics.addMetric(metric, MetricUnit.Count, value);
    },
    publish: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
};
