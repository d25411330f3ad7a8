import * as v from 'valibot';
import { CertificateSection } from './certificate-policy.ts';
import { ServiceName } from './names.ts';
import { Freeze, ReleasePolicy } from './policy.ts';
import { Database, RecoveryPolicy } from './recovery-policy.ts';
import { RemediationSection } from './remediation-policy.ts';

const path = v.pipe(v.string(), v.regex(/^\/[\w./-]*$/, 'expected a path that starts with /'));

/** One service as its team describes it. `floor` is the fewest ready pods that may carry its traffic. */
export const Service = v.strictObject({
  name: ServiceName,
  floor: v.pipe(v.number(), v.integer(), v.minValue(1, 'expected at least 1')),
  smokePath: path,
  alarms: v.array(v.pipe(v.string(), v.minLength(1))),
  policy: v.string(),
});
export type Service = v.InferOutput<typeof Service>;

/** config/catalog.yml, parsed and checked. */
export const Catalog = v.strictObject({
  version: v.literal(1),
  freezes: v.array(Freeze),
  policies: v.record(v.string(), ReleasePolicy),
  services: v.pipe(v.array(Service), v.minLength(1, 'expected at least one service')),
  recovery: v.optional(v.record(v.string(), RecoveryPolicy), {}),
  databases: v.optional(v.array(Database), []),
  /** Without it nothing is known of certificates. */
  certificates: v.optional(CertificateSection),
  remediation: v.optional(RemediationSection),
});
export type Catalog = v.InferOutput<typeof Catalog>;
