import { podMark } from '../pod/pod-spec.ts';
import { isProcess } from '../process/identity.ts';
import { replicaKey } from './launch.ts';
import type { Park } from './park.ts';
import type { Pod } from './pod.ts';
import { forgetPod, podRecords } from './records.ts';
import { restarted } from './wish.ts';

/**
 * Learns the ports of new pods, and takes in pods that an earlier node left behind. Those count as ready until a check
 * says otherwise: to hold them back first would take the service down with its node.
 */
export const meetPods = async (park: Park, nowMs: number): Promise<void> => {
  for (const record of await podRecords(park.stateDir)) {
    const known = park.pods.get(record.pod);
    if (known) known.port = record.port;
    else
      park.pods.set(record.pod, {
        ...record,
        phase: 'ready',
        misses: 0,
        nextCheckMs: 0,
        checking: false,
        sinceMs: nowMs,
      });
  }
};

/** Drops the pods whose process is gone. One that we did not end is a restart of its replica. */
export const buryPods = async (park: Park, nowMs: number): Promise<void> => {
  const gone = [...park.pods.values()].filter(({ pid, pod }) => !isProcess(pid, podMark(pod)));
  for (const pod of gone) {
    if (pod.phase !== 'draining') await countRestart(park, pod, nowMs);
    await forgetPod(park.stateDir, pod.pod);
    park.pods.delete(pod.pod);
  }
};

const countRestart = async (park: Park, pod: Pod, nowMs: number): Promise<void> => {
  const { service, slot, generation, ordinal } = pod;
  park.crashedAtMs.set(replicaKey(pod), nowMs);
  await park.wishes.change((wishes) => {
    const known = wishes[service];
    if (!known) return wishes;
    const slots = { ...known.slots, [slot]: restarted(generation, ordinal)(known.slots[slot]) };
    return { ...wishes, [service]: { ...known, slots } };
  });
};
