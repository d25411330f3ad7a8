import type { ControlPlane } from '../control-plane/control-plane.ts';
import { type Subject, subjectOf } from '../input/run-name.ts';

export const runArgument = ['<run>', 'a release id, the name of a rollback, backup or drill, or an ARN'] as const;

/** Errors: `RunNotFound`. */
export const subjectIn = async ({ ports }: ControlPlane, run: string): Promise<Subject> => {
  const { services, databases } = await ports.catalogs.current();
  return subjectOf(run, {
    services: services.map(({ name }) => name),
    databases: databases.map(({ name }) => name),
  });
};
