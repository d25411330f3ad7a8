import * as v from 'valibot';
import { Drill } from './drill.ts';

/** `algorithm` as KMS calls it; `signature` in base64; `publicKey` is the name of the key, not the key. */
export const Signature = v.object({
  keyId: v.string(),
  algorithm: v.literal('ECDSA_SHA_256'),
  signature: v.string(),
});
export type Signature = v.InferOutput<typeof Signature>;

/**
 * What an auditor is given for one drill. `hash`: SHA-256, in hexadecimal, over the canonical JSON (RFC 8785) of everything but
 * `hash` and `signature`; the signature is over the bytes of that hash text. `previousHash` leads to the evidence before it of the
 * same database (`genesisHash` for the first), so that none can be left out.
 */
export const Evidence = v.object({
  format: v.literal('evenkeel-evidence-1'),
  database: v.string(),
  sequence: v.number(),
  previousHash: v.string(),
  drill: Drill,
  hash: v.string(),
  signature: Signature,
});
export type Evidence = v.InferOutput<typeof Evidence>;

/** What keeps a value from being evidence, by field; nothing when it has the shape. */
export const shapeProblems = (item: unknown): string[] =>
  (v.safeParse(Evidence, item).issues ?? []).map((issue) => `${v.getDotPath(issue) ?? 'evidence'}: ${issue.message}`);
