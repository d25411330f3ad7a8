import type { MachineName } from '../../lib/ports/machines.ts';
import { controlPlane } from '../../lib/runtime/trigger.ts';
import { RunNotFound } from '../failures.ts';

/**
 * Which chain of facts tells of a run, and what the run is called there. `service`: whose chain it is, a service's or a database's.
 * `machine`: which one ran, when the name alone could be of two.
 */
export type Subject = {
  service: string;
  of: 'service' | 'database' | 'control-plane';
  name: string;
  machine?: MachineName;
};

/** Whose runs there may be. */
export type Owners = { services: readonly string[]; databases: readonly string[] };

/** Names that machines make of a release's: `shift-shop-42` is a part of `shop-42`. */
const partPrefix = /^(undo|prepare|shift|bake)-/;
const ownPrefix = /^(rollback|failover)-/;
/** A check is of no service. */
const ofCertificates = /^certificates-/;

/**
 * Takes a release id, the name of another run or an ARN. The longest owner's name wins, so that `shop-api-1` is a run of
 * `shop-api`, not of `shop`. Errors: `RunNotFound`.
 */
export const subjectOf = (run: string, owners: Owners): Subject => {
  const last = run.split(':').at(-1) ?? run;
  if (ofCertificates.test(last))
    return { service: controlPlane, of: 'control-plane', name: last, machine: 'certificate-check' };
  const name = ownerIn(last, owners) ? last : last.replace(partPrefix, '');
  const owner = ownerIn(name.replace(ownPrefix, ''), owners) ?? ownerIn(name, owners);
  if (owner) return { service: owner, of: owners.services.includes(owner) ? 'service' : 'database', name };
  throw new RunNotFound(
    `run: got "${run}"; allowed: <service>-<request>, rollback-<service>-<request>, <database>-<request>, certificates-<request> or an execution's ARN; services: ${owners.services.join(', ')}; databases: ${owners.databases.join(', ') || 'none'}`,
    { run },
  );
};

const ownerIn = (name: string, { services, databases }: Owners): string | undefined =>
  [...services, ...databases].filter((owner) => name.startsWith(`${owner}-`)).sort((a, b) => b.length - a.length)[0];
