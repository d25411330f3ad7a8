import { InstanceNotFound } from '../../../lib/contracts/failures.ts';
import type { Exports } from '../../../lib/ports/exports.ts';
import type { Changes } from '../changes.ts';
import type { Instances } from '../world/instances.ts';
import type { StoredExports } from '../world/stored-exports.ts';

export const modelExports = (stored: StoredExports, instances: Instances, changes: Changes): Exports => {
  const add = (resource: string, value: unknown) => changes.add({ resource: `export/${resource}`, token: 0, value });
  return {
    async start({ kind, backup, instance }) {
      if (stored.find(kind, backup)) return;
      if (kind === 'dump' && !instances.find(instance))
        throw new InstanceNotFound(`instance: "${instance}" does not exist`, { instance });
      stored.begin(kind, backup);
      add(`${kind}/${backup}`, { begun: true });
    },
    async find(kind, backup) {
      const making = stored.find(kind, backup);
      if (making?.problem !== undefined) return { status: 'failed', reason: making.problem };
      return making && (stored.stored(kind, backup) ?? { status: 'making' });
    },
    async remove(kind, backup) {
      if (!stored.find(kind, backup)) return;
      stored.remove(kind, backup);
      add(`${kind}/${backup}`, { removed: true });
    },
  };
};
