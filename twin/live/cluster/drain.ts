import type { Ask } from '../control/client.ts';
import { podMark } from '../pod/pod-spec.ts';
import { signalProcess } from '../process/identity.ts';
import type { RouterOperations } from '../router/operations.ts';
import type { Pod } from './pod.ts';
import type { Publisher } from './publish.ts';

/** A request that takes longer than this is cut off. */
const drainWithinMs = 35_000;
const endWithinMs = 5000;

/**
 * Ends a pod without a user noticing: first the router has it out of its list, then nothing is on its way to it, and
 * only then it is told to end. While the router cannot be asked, nothing is ended.
 */
export const advanceDrain = async (
  pod: Pod,
  publisher: Publisher,
  ask: Ask<RouterOperations>,
  nowMs: number,
): Promise<void> => {
  if (pod.phase !== 'draining' || !publisher.isOut(pod)) return;
  const waitedMs = nowMs - pod.sinceMs;
  if (waitedMs > drainWithinMs + endWithinMs) return void signalProcess(pod.pid, podMark(pod.pod), 'SIGKILL');
  const underWay = pod.port === undefined ? 0 : await ask('inFlight', { port: pod.port });
  if (underWay === 0 || waitedMs > drainWithinMs) signalProcess(pod.pid, podMark(pod.pod), 'SIGTERM');
};
