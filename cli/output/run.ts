import type { Instant } from '../../lib/contracts/instant.ts';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { endedWell, type Measured, type Outcome } from '../operations/outcome.ts';
import { duration } from './duration.ts';
import type { Style } from './style.ts';

/** The local time of day, to the second. */
const timeOfDay = (at: Instant): string => new Date(at).toLocaleTimeString('en-GB');

export const factText = ({ at, says }: Pick<LedgerEntry, 'at' | 'says'>, style: Style): string =>
  `${style.dim(timeOfDay(at))}  ${says}`;

const good: readonly string[] = ['promoted', 'complete', 'proven', 'healthy', 'moved', 'drilled'];
const doubtful: readonly string[] = ['undone', 'rejected', 'refused', 'flawed', 'unproven', 'inconclusive'];
const bad: readonly string[] = ['failed', 'disproven', 'unhealthy', 'error'];

export const statusText = (status: string, style: Style): string => {
  if (good.includes(status)) return style.green(status);
  if (doubtful.includes(status)) return style.yellow(status);
  return bad.includes(status) ? style.red(status) : status;
};

/** `timeToSafeMs` is what an operator asks first after a bad release. */
export const outcomeText = (outcome: Outcome, style: Style): string => {
  const mark = endedWell(outcome) ? style.green('✔') : style.red('✖');
  const safe = outcome.timeToSafeMs === undefined ? '' : `; traffic was safe after ${duration(outcome.timeToSafeMs)}`;
  const figures = outcome.measured ? `; ${measuredText(outcome.measured)}` : '';
  return `${mark} ${style.bold(outcome.name)} ${statusText(outcome.status, style)}: ${outcome.reason}${safe}${figures}`;
};

/** What a drill is done for. */
export const measuredText = ({ rpoSeconds, rtoSeconds, absent, costUsd }: Measured): string =>
  [
    `RPO ${secondsText(rpoSeconds)}`,
    `RTO ${secondsText(rtoSeconds)}`,
    absent ? 'its copy is gone' : 'its copy was not seen to be gone',
    `cost about ${costUsd.toFixed(2)} USD`,
  ].join(', ');

export const secondsText = (seconds: number | undefined): string =>
  seconds === undefined ? 'not measured' : duration(seconds * 1000);
