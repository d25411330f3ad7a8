import { LeaseLost } from '../../../lib/contracts/failures.ts';

/** Remembers the newest token that wrote each thing, and refuses any older one with `LeaseLost`. */
export class Fence {
  readonly #newest = new Map<string, number>();

  admit(thing: string, resource: string, token: number): void {
    const newest = this.#newest.get(thing) ?? 0;
    if (token < newest) throw new LeaseLost(resource, token, newest);
    this.#newest.set(thing, token);
  }
}
