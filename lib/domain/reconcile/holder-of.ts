import type { Lease } from '../../contracts/lease.ts';

export type HolderMachine = 'deployment' | 'rollback' | 'failover' | 'remediation';

/** By the beginning of the name of the run that holds it. A release holds its service under its own id. */
const prefixes: Readonly<Record<string, HolderMachine>> = {
  'remedy-': 'remediation',
  'failover-': 'failover',
  'rollback-': 'rollback',
  'rebound-': 'rollback',
  'undo-': 'rollback',
  'redo-': 'rollback',
};

/** Which machine runs the holder; undefined for one of another, whose lease expires by itself. */
export const holderMachine = ({ resource, holder }: Lease): HolderMachine | undefined => {
  const prefix = Object.keys(prefixes).find((one) => holder.startsWith(one));
  if (prefix) return prefixes[prefix];
  const [kind, service] = resource.split('/');
  return kind === 'service' && holder.startsWith(`${service}-`) ? 'deployment' : undefined;
};
