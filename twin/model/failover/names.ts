import type { Side, SideWeights } from '../../../lib/contracts/failover.ts';
import type { RecordName } from '../../../lib/contracts/failover-policy.ts';
import { allTo, sameWeights } from '../../../lib/domain/failover/weights.ts';
import type { Region } from './region.ts';

/** Caches of names outlive a change by this much. */
const propagationMs = 3000;

type Name = { region: Region; written: SideWeights; before: SideWeights; appliesAtMs: number };

/** The public names, and what users get who follow them. */
export class Names {
  readonly #names = new Map<RecordName, Name>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(record: RecordName, region: Region): void {
    this.#names.set(record, { region, written: allTo('primary'), before: allTo('primary'), appliesAtMs: 0 });
  }

  /** All lead to the primary side at once, as if nobody had ever moved one. */
  reset(): void {
    for (const [record, { region }] of this.#names) this.add(record, region);
  }

  has(record: RecordName): boolean {
    return this.#names.has(record);
  }

  written(record: RecordName): SideWeights {
    return this.#get(record).written;
  }

  /** Where users are led at this moment. */
  effective(record: RecordName): SideWeights {
    const { written, before, appliesAtMs } = this.#get(record);
    return this.#now() >= appliesAtMs ? written : before;
  }

  shift(record: RecordName, weights: SideWeights): void {
    const name = this.#get(record);
    if (sameWeights(name.written, weights)) return;
    const before = this.effective(record);
    this.#names.set(record, { ...name, before, written: weights, appliesAtMs: this.#now() + propagationMs });
  }

  /** A region that is gone answers nobody; the second one is there in all stories. */
  answers(record: RecordName, side: Side): boolean {
    return side === 'second' || this.#get(record).region.front === 'up';
  }

  #get(record: RecordName): Name {
    const found = this.#names.get(record);
    if (!found) throw new Error(`the model has no name "${record}"`);
    return found;
  }
}
