import * as v from 'valibot';
import { Drill } from './drill.ts';
import { FailoverOutcome, FailoverPlan, FailoverVerified, FailoverWish, Fencing } from './failover.ts';
import { Instant } from './instant.ts';

/** `algorithm` as KMS calls it; `signature` in base64; `publicKey` is the name of the key, not the key. */
export const Signature = v.object({
  keyId: v.string(),
  algorithm: v.literal('ECDSA_SHA_256'),
  signature: v.string(),
});
export type Signature = v.InferOutput<typeof Signature>;

/** A failover that was no drill, as it ended. Without a plan it was refused before anything was decided. */
export const EndedFailover = v.object({
  name: v.string(),
  wish: FailoverWish,
  plan: v.nullable(FailoverPlan),
  fencing: v.nullable(Fencing),
  verified: v.nullable(FailoverVerified),
  outcome: FailoverOutcome,
  endedAt: Instant,
});
export type EndedFailover = v.InferOutput<typeof EndedFailover>;

const around = {
  format: v.literal('evenkeel-evidence-1'),
  database: v.string(),
  sequence: v.number(),
  previousHash: v.string(),
  hash: v.string(),
  signature: Signature,
};
const none = v.optional(v.never('expected a drill or a failover, not both'));
const OfDrill = v.object({ ...around, drill: Drill, failover: none });
const OfFailover = v.object({ ...around, failover: EndedFailover, drill: none });

/**
 * What an auditor is given for one drill, or for one failover. `hash`: SHA-256, in hexadecimal, over the canonical JSON (RFC 8785) of
 * everything but `hash` and `signature`; the signature is over the bytes of that hash text. `previousHash` leads to the evidence
 * before it of the same database (`genesisHash` for the first), so that none can be left out.
 */
export const Evidence = v.union([OfDrill, OfFailover]);
export type Evidence = v.InferOutput<typeof Evidence>;
/** What evidence tells of. */
export type Told = { drill: Drill; failover?: undefined } | { failover: EndedFailover; drill?: undefined };

/** By what evidence is found again: the id of the drill, or the name of the failover's run. */
export const toldOf = (told: Told): string => (told.drill ? told.drill.plan.drill : told.failover.name);

/** What keeps a value from being evidence, by field; nothing when it has the shape. */
export const shapeProblems = (item: unknown): string[] => {
  const ofFailover = typeof item === 'object' && item !== null && 'failover' in item;
  const { issues = [] } = v.safeParse(ofFailover ? OfFailover : OfDrill, item);
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'evidence'}: ${issue.message}`);
};
