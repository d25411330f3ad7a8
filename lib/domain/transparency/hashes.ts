import { createHash } from 'node:crypto';

/* The hash tree of RFC 6962 section 2.1: leaves and nodes are told apart by the byte in front of them. */

const leafMark = Buffer.from([0]);
const nodeMark = Buffer.from([1]);

export type Hash = Buffer;
export const hashBytes = 32;

const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The root of a tree without leaves. */
export const emptyRoot = sha256();
export const leafHash = (leaf: Uint8Array): Hash => sha256(leafMark, leaf);
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(nodeMark, left, right);
