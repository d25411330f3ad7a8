import type { Instant } from '../../../lib/contracts/instant.ts';

/** What an alarm measures, by CloudWatch's words; what its dimensions name is what the alarm is about. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** An alarm of the twin over something that is really measured, as CloudWatch has it in an account. */
export interface MeasuredAlarm {
  readonly name: string;
  readonly metric: Metric;
  /** Fires above this. */
  readonly above: number;
  /** Of the period from `from` to `to`. Undefined: there was nothing to measure, and the alarm stays as it is. */
  measure(from: Instant, to: Instant): Promise<number | undefined>;
}
