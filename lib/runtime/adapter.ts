import type * as v from 'valibot';
import type { ConfigShape } from './config.ts';

/** A way to build one port from settings. It is built once per process, after all settings were checked. */
export interface Adapter<T, S extends ConfigShape = ConfigShape> {
  readonly config: S;
  create(config: v.InferOutput<v.ObjectSchema<S, undefined>>): T;
}

export const adapter = <T, S extends ConfigShape>(config: S, create: Adapter<T, S>['create']): Adapter<T, S> => ({
  config,
  create,
});
