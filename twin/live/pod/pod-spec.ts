import * as v from 'valibot';
import { Digest, ServiceName, Slot } from '../../../lib/contracts/names.ts';

/** Which pod this is: one replica (`ordinal`) of one generation of a slot. */
export const PodSpec = v.object({
  pod: v.string(),
  service: ServiceName,
  slot: Slot,
  digest: Digest,
  generation: v.number(),
  ordinal: v.number(),
});
export type PodSpec = v.InferOutput<typeof PodSpec>;

/** What a pod leaves on disk once it listens; the way a restarted node finds it again. */
export const PodRecord = v.object({ ...PodSpec.entries, pid: v.number(), port: v.number() });
export type PodRecord = v.InferOutput<typeof PodRecord>;

/** On the command line of the pod's process. */
export const podMark = (pod: string): string => `--pod=${pod}`;
export const podHeader = 'x-evenkeel-pod';
