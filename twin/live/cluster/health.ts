import { podHeader, podMark } from '../pod/pod-spec.ts';
import { send } from '../process/http.ts';
import { signalProcess } from '../process/identity.ts';
import { enterPhase, type Pod } from './pod.ts';

const answerWithinMs = 1000;
const betweenChecksMs = 500;
const missesOutOfTraffic = 3;
const missesUntilKilled = 10;
const startWithinMs = 15_000;

/** Looks at a pod when it is time to, and moves it between `ready` and `unready`. Kills one that is beyond help. */
export const checkHealth = async (pod: Pod, nowMs: number): Promise<void> => {
  if (pod.phase === 'draining' || pod.checking || nowMs < pod.nextCheckMs) return;
  if (pod.port === undefined) return killWhenLate(pod, nowMs);
  pod.checking = true;
  const well = await answersAsItself(pod);
  pod.checking = false;
  note(pod, well, nowMs);
};

/** A miss is looked at again at once: the sooner it is certain, the fewer requests go to a pod that hangs. */
const note = (pod: Pod, well: boolean, nowMs: number): void => {
  if (isLeaving(pod)) return;
  pod.misses = well ? 0 : pod.misses + 1;
  pod.nextCheckMs = well ? nowMs + betweenChecksMs : 0;
  if (well) enterPhase(pod, 'ready', nowMs);
  if (pod.misses >= missesOutOfTraffic) enterPhase(pod, 'unready', nowMs);
  if (pod.misses >= missesUntilKilled) signalProcess(pod.pid, podMark(pod.pod), 'SIGKILL');
};

/** It may have been told to go while it was being looked at. */
const isLeaving = (pod: Pod): boolean => pod.phase === 'draining';

const killWhenLate = (pod: Pod, nowMs: number): void => {
  if (nowMs - pod.sinceMs > startWithinMs) signalProcess(pod.pid, podMark(pod.pod), 'SIGKILL');
};

/** Another program may have got the port of a pod that died: only the pod's own name counts. */
const answersAsItself = async ({ port = 0, pod }: Pod): Promise<boolean> => {
  const answer = await send({ port, path: '/health', timeoutMs: answerWithinMs }).catch(() => undefined);
  return answer?.status === 200 && answer.headers[podHeader] === pod;
};
