import type { Peak } from './frontier.ts';
import { type Hash, nodeHash } from './hashes.ts';

/** Leaves from `start` up to and without `end`. */
export type Range = { start: number; end: number };

/** The largest power of two below `count`, which is at least 2. Sizes of logs are beyond 32 bits, so nothing is shifted. */
const splitOf = (count: number): number => {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
};

/** Of which leaves a consistency proof from `first` to `second` gives the hashes, in its order (RFC 6962 section 2.1.2). */
export const rangesOfProof = (first: number, second: number): Range[] =>
  first === 0 ? [] : rangesBelow(first, { start: 0, end: second }, true);

/** `whole`: the old tree is exactly the part that was descended to so far, so whoever checks knows its root. */
const rangesBelow = (first: number, { start, end }: Range, whole: boolean): Range[] => {
  if (first === end - start) return whole ? [] : [{ start, end }];
  const split = splitOf(end - start);
  const [left, right] = [
    { start, end: start + split },
    { start: start + split, end },
  ];
  return first <= split
    ? [...rangesBelow(first, left, whole), right]
    : [...rangesBelow(first - split, right, false), left];
};

export type Head = { size: number; root: Hash };
export type Consistency = { consistent: true; peaks: Peak[] } | { consistent: false };

type Rebuilt = { first: Hash; second: Hash; peaks: Peak[] };

/**
 * Whether the tree of `second` begins with the tree of `first`, by a proof from the log. `peaks`: the whole subtrees of `first`,
 * which the proof gives away, so that leaves can be added to it.
 */
export const checkConsistency = (first: Head, second: Head, proof: readonly Hash[]): Consistency => {
  if (first.size > second.size || proof.length !== rangesOfProof(first.size, second.size).length)
    return { consistent: false };
  if (first.size === 0) return { consistent: true, peaks: [] };
  const rebuilt = rebuild(first, second.size, proof, true);
  const fits = rebuilt.first.equals(first.root) && rebuilt.second.equals(second.root);
  return fits ? { consistent: true, peaks: rebuilt.peaks } : { consistent: false };
};

const rebuild = ({ size, root }: Head, count: number, proof: readonly Hash[], whole: boolean): Rebuilt => {
  if (size === count) {
    const hash = whole ? root : (proof[0] as Hash);
    return { first: hash, second: hash, peaks: [{ size, hash }] };
  }
  const [rest, sibling] = [proof.slice(0, -1), proof.at(-1) as Hash];
  const split = splitOf(count);
  if (size <= split) {
    const { first, second, peaks } = rebuild({ size, root }, split, rest, whole);
    return { first, second: nodeHash(second, sibling), peaks };
  }
  const { first, second, peaks } = rebuild({ size: size - split, root }, count - split, rest, false);
  const left = { size: split, hash: sibling };
  return { first: nodeHash(sibling, first), second: nodeHash(sibling, second), peaks: [left, ...peaks] };
};
