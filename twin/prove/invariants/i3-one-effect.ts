import { verifyChain } from '../../../lib/domain/ledger/chain.ts';
import type { Change } from '../../model/changes.ts';
import type { Judged } from './judged.ts';
import type { Report } from './violation.ts';

/**
 * At every instant: whoever has been overtaken changes nothing more, so that of two runs one alone has an effect. Judged
 * from the history of changes, not from what a fence says.
 */
export class NoStaleWriter {
  readonly #newest = new Map<string, number>();
  #seen = 0;

  check({ twin }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    for (; this.#seen < list.length; this.#seen += 1) this.#judge(list[this.#seen] as Change, report);
  }

  #judge({ resource, token, value }: Change, report: Report): void {
    const newest = this.#newest.get(resource) ?? 0;
    if (token < newest)
      report('I3', `${resource} was set to ${JSON.stringify(value)} by token ${token} after ${newest}`);
    this.#newest.set(resource, Math.max(token, newest));
  }
}

/** At the end: one closing message for each thing that ended, and a ledger without gaps in which no fact is told twice. */
export const oneRecordOfEach = ({ twin }: Judged, report: Report): void => {
  for (const [name, chain] of twin.world.ledger) {
    const verified = verifyChain(chain);
    if (!verified.ok) report('I3', `ledger of ${name}, entry ${verified.sequence}: ${verified.reason}`);
    const twice = duplicates(chain.map(({ key }) => key));
    if (twice.length > 0) report('I3', `ledger of ${name} tells twice: ${twice.join(', ')}`);
  }
  const subjects = duplicates([...twin.world.messages.values()].map(({ subject }) => subject));
  if (subjects.length > 0) report('I3', `people are told twice: ${subjects.join(', ')}`);
};

const duplicates = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);
