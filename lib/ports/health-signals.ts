import type { Instant } from '../contracts/instant.ts';
import type { ServiceName } from '../contracts/names.ts';
import type { Alarm, Bucket, FiringAlarm } from '../contracts/signals.ts';

export interface HealthSignals {
  /** All buckets of both slots whose start lies in [from, to), in order, with explicit zeros. The newest may still be filling. */
  buckets(service: ServiceName, from: Instant, to: Instant): Promise<Bucket[]>;
  /** The named alarms. One that does not exist is reported as `insufficient-data` that does not act. */
  alarms(names: readonly string[]): Promise<Alarm[]>;
  /** All that fire now, those that have fired longest first, at most 500. */
  firing(): Promise<FiringAlarm[]>;
}
