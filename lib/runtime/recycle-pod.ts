import type { AlarmChange } from '../contracts/alarm.ts';
import type { Attempt } from '../contracts/incident.ts';
import type { ServiceName, Slot } from '../contracts/names.ts';
import { chainOf } from '../domain/remediation/chain-of.ts';
import { choosePod } from '../domain/remediation/choose-pod.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';
import { findFact } from './find-fact.ts';
import { record } from './record.ts';

type RecycleNeeds = Needs<'pods' | 'ledger' | 'clock'>;
type Recycling = { service: ServiceName; slot: Slot; named: string | undefined; change: AlarmChange; attempt: Attempt };

/**
 * Takes one pod away, and gives its name. Rule: which one is on record before it goes, and the first record counts, so that an attempt
 * that is tried again takes no second pod.
 */
export const recyclePod = async (
  ports: RecycleNeeds,
  { service, slot, named, change, attempt }: Recycling,
  token: number,
  call: Call,
): Promise<string> => {
  const [chain, key] = [chainOf(change), `${attempt.id}/chosen`];
  const onRecord = async () =>
    (await findFact(ports, chain, (fact) => fact.key === key))?.data.pod as string | undefined;
  let pod = await onRecord();
  if (pod === undefined) {
    const chosen = choosePod(`${service} ${slot}`, await ports.pods.of(service, slot), named);
    const says = `${attempt.incident}, rung ${attempt.rung}: ${chosen} of ${service} ${slot} is to go`;
    await record(ports, call, { service: chain, key, kind: 'remedy-pod-chosen', says, data: { pod: chosen } });
    pod = (await onRecord()) ?? chosen;
  }
  await ports.pods.recycle(service, slot, pod, token);
  return pod;
};
