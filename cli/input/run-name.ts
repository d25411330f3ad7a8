import type { ServiceName } from '../../lib/contracts/names.ts';
import { RunNotFound } from '../failures.ts';

/** Which chain of facts tells of a run, and what the run is called there. */
export type Subject = { service: ServiceName; name: string };

/** Names that machines make of a release's: `shift-shop-42` is a part of `shop-42`. */
const partPrefix = /^(undo|prepare|shift|bake)-/;
const rollbackPrefix = /^rollback-/;

/**
 * Takes a release id, a run's name or its ARN. The longest service name wins, so that `shop-api-1` is a run of
 * `shop-api`, not of `shop`. Errors: `RunNotFound`.
 */
export const subjectOf = (run: string, services: readonly ServiceName[]): Subject => {
  const last = run.split(':').at(-1) ?? run;
  const name = serviceIn(last, services) ? last : last.replace(partPrefix, '');
  const service = serviceIn(name.replace(rollbackPrefix, ''), services) ?? serviceIn(name, services);
  if (service) return { service, name };
  throw new RunNotFound(
    `run: got "${run}"; allowed: a release id <service>-<request>, rollback-<service>-<request> or an execution's ARN; services: ${services.join(', ')}`,
    { run },
  );
};

const serviceIn = (name: string, services: readonly ServiceName[]): ServiceName | undefined =>
  services.filter((service) => name.startsWith(`${service}-`)).sort((a, b) => b.length - a.length)[0];
