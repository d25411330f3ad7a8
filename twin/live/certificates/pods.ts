import { stat } from 'node:fs/promises';
import type { ServiceName } from '../../../lib/contracts/names.ts';
import { podRecords } from '../cluster/records.ts';
import { podMark } from '../pod/pod-spec.ts';
import { isProcess } from '../process/identity.ts';
import { paths } from '../process/paths.ts';

/** By service: when the oldest of its running pods said that it listens. */
export const oldestStarts = async (stateDir: string): Promise<Map<ServiceName, number>> => {
  const starts = new Map<ServiceName, number>();
  for (const { pod, pid, service } of await podRecords(stateDir)) {
    if (!isProcess(pid, podMark(pod))) continue;
    const startedAtMs = (await stat(paths.pod(stateDir, pod)).catch(() => undefined))?.mtimeMs;
    if (startedAtMs !== undefined) starts.set(service, Math.min(startedAtMs, starts.get(service) ?? startedAtMs));
  }
  return starts;
};
