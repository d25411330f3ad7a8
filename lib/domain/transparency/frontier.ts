import { emptyRoot, type Hash, nodeHash } from './hashes.ts';

/** A whole subtree: `size` is a power of two. */
export type Peak = { size: number; hash: Hash };

/** All of a tree that is needed to add leaves to it: its whole subtrees from left to right, each smaller than the one before. */
export class Frontier {
  readonly #peaks: Peak[];

  constructor(peaks: readonly Peak[] = []) {
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#peaks.reduce((size, peak) => size + peak.size, 0);
  }

  add(leaf: Hash): void {
    let added: Peak = { size: 1, hash: leaf };
    for (let last = this.#peaks.at(-1); last?.size === added.size; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      added = { size: 2 * added.size, hash: nodeHash(last.hash, added.hash) };
    }
    this.#peaks.push(added);
  }

  root(): Hash {
    const hashes = this.#peaks.map(({ hash }) => hash);
    const last = hashes.pop();
    return last === undefined ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right), last);
  }
}

export const rootOf = (leaves: Iterable<Hash>): Hash => {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.add(leaf);
  return frontier.root();
};
