import * as v from 'valibot';
import { DatabaseName, InstanceId } from '../../contracts/database.ts';
import { RecordName } from '../../contracts/failover-policy.ts';
import { setting } from '../../runtime/config.ts';

const Address = v.strictObject({
  host: setting,
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
});
export type Address = v.InferOutput<typeof Address>;

/** `targets`: what the name's record of each side leads to, to tell by the address who answered. `url`: what users open. */
const Name = v.strictObject({
  zone: setting,
  url: v.pipe(setting, v.url('expected a URL')),
  targets: v.strictObject({ primary: setting, second: setting }),
});
export type Name = v.InferOutput<typeof Name>;

/** Three ways to tell, none of which needs another. The metric is one of this region, fed from the primary one. */
const DatabaseWitnesses = v.strictObject({
  healthCheck: setting,
  metric: v.strictObject({ namespace: setting, name: setting, dimensions: v.record(v.string(), v.string()) }),
  addresses: v.pipe(v.array(Address), v.minLength(1, 'expected at least one address')),
});
export type DatabaseWitnesses = v.InferOutput<typeof DatabaseWitnesses>;

/** `address`: where it takes writes, asked also when nobody in its region tells. `fenceSecurityGroup`: a group of its region without rules. */
const OldWriter = v.strictObject({ region: setting, fenceSecurityGroup: setting, address: Address });
export type OldWriter = v.InferOutput<typeof OldWriter>;

const Failover = v.strictObject({
  names: v.optional(v.record(RecordName, Name), {}),
  witnesses: v.optional(v.record(DatabaseName, DatabaseWitnesses), {}),
  writers: v.optional(v.record(InstanceId, OldWriter), {}),
});
export type FailoverSettings = v.InferOutput<typeof Failover>;

/** What a control plane in the second region must know of the first, as JSON; `{}` where there is none. */
export const failoverSetting = { FAILOVER: v.pipe(setting, v.parseJson(undefined, 'expected JSON'), Failover) };
