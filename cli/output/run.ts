import type { Instant } from '../../lib/contracts/instant.ts';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { endedWell, type Outcome } from '../operations/outcome.ts';
import { duration } from './duration.ts';
import type { Style } from './style.ts';

/** The local time of day, to the second. */
const timeOfDay = (at: Instant): string => new Date(at).toLocaleTimeString('en-GB');

export const factText = ({ at, says }: Pick<LedgerEntry, 'at' | 'says'>, style: Style): string =>
  `${style.dim(timeOfDay(at))}  ${says}`;

export const statusText = (status: string, style: Style): string => {
  if (status === 'promoted') return style.green(status);
  if (status === 'undone' || status === 'rejected') return style.yellow(status);
  return status === 'failed' ? style.red(status) : status;
};

/** `timeToSafeMs` is what an operator asks first after a bad release. */
export const outcomeText = (outcome: Outcome, style: Style): string => {
  const mark = endedWell(outcome) ? style.green('✔') : style.red('✖');
  const safe = outcome.timeToSafeMs === undefined ? '' : `; traffic was safe after ${duration(outcome.timeToSafeMs)}`;
  return `${mark} ${style.bold(outcome.name)} ${statusText(outcome.status, style)}: ${outcome.reason}${safe}`;
};
