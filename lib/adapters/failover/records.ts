import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { type Side, type SideWeights, sides } from '../../contracts/failover.ts';
import type { RecordName } from '../../contracts/failover-policy.ts';
import { DnsRecordInvalid } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { dependency, route53Client } from './client.ts';
import type { Name } from './settings.ts';

/** More than the record sets of one name in all types and both sides. */
const MaxItems = 20;

export type Pair = { record: RecordName; zone: string; sets: Record<Side, ResourceRecordSet[]> };

/**
 * The weighted record sets of a name. Their identifiers are the names of the sides. Errors: `DnsRecordInvalid` unless both sides
 * are there and each has a health check: without one the weights lead users to a side that is dead.
 */
export const readPair = async (record: RecordName, { zone }: Name): Promise<Pair> => {
  const command = new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: record, MaxItems });
  const { ResourceRecordSets: found = [] } = await calling(dependency, () => route53Client().send(command));
  const own = found.filter(({ Name: name }) => name?.replace(/\.$/, '') === record);
  const of = (side: Side) => own.filter(({ SetIdentifier }) => SetIdentifier === side);
  const sets = { primary: of('primary'), second: of('second') };
  assertPair(record, own, sets);
  return { record, zone, sets };
};

const assertPair = (record: RecordName, own: ResourceRecordSet[], sets: Pair['sets']): void => {
  const missing = sides.filter((side) => sets[side].length === 0);
  const wrong = own.filter(({ Weight, HealthCheckId }) => Weight === undefined || !HealthCheckId);
  if (missing.length === 0 && wrong.length === 0) return;
  const why =
    missing.length > 0 ? `no record for ${missing.join(' and ')}` : `${wrong.length} without weight or health check`;
  throw new DnsRecordInvalid(`${record}: expected one weighted, health-checked record for each side, got ${why}`, {
    record,
  });
};

/** Weights are shares; what counts is what they come to in percent. */
export const weightsOf = ({ record, sets }: Pair): SideWeights => {
  const weightOf = (side: Side): number => Math.max(...sets[side].map(({ Weight = 0 }) => Weight));
  const total = weightOf('primary') + weightOf('second');
  if (total === 0) throw new DnsRecordInvalid(`${record}: both sides have weight 0, so both get answers`, { record });
  return { primary: (weightOf('primary') * 100) / total, second: (weightOf('second') * 100) / total };
};

/** All types of both sides in one change, which Route 53 makes as a whole or not at all. */
export const writeWeights = async ({ zone, sets }: Pair, weights: SideWeights): Promise<void> => {
  const Changes = sides.flatMap((side) =>
    sets[side].map((set) => ({ Action: 'UPSERT' as const, ResourceRecordSet: { ...set, Weight: weights[side] } })),
  );
  const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } });
  await calling(dependency, () => route53Client().send(command));
};
