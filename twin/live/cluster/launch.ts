import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Digest, ServiceName, Slot } from '../../../lib/contracts/names.ts';
import { type PodSpec, podMark } from '../pod/pod-spec.ts';
import { markOf } from '../process/identity.ts';
import { paths } from '../process/paths.ts';
import { startDetached } from '../process/start.ts';
import type { Pod } from './pod.ts';

const program = fileURLToPath(new URL('../pod/main.ts', import.meta.url));

export type Replica = { service: ServiceName; slot: Slot; digest: Digest; generation: number; ordinal: number };

/** Starts a pod that will outlive the node. It is known by its record on disk as soon as it listens. */
export const launch = (stateDir: string, replica: Replica, nowMs: number): Pod => {
  const { service, slot, generation, ordinal } = replica;
  const pod = `${service}-${slot}-${generation}-${ordinal}-${randomBytes(3).toString('hex')}`;
  const spec: PodSpec = { pod, ...replica };
  const pid = startDetached(
    program,
    [podMark(pod), markOf(stateDir, 'pod'), stateDir, JSON.stringify(spec)],
    paths.log(stateDir, service),
  );
  return { ...spec, pid, phase: 'starting', misses: 0, nextCheckMs: 0, checking: false, sinceMs: nowMs };
};

/** The same replica over its restarts, within one generation. */
export const replicaKey = ({ service, slot, generation, ordinal }: Omit<Replica, 'digest'>): string =>
  `${service}/${slot}/${generation}/${ordinal}`;
