import type * as v from 'valibot';
import { type ConfigShape, parseConfig } from './config.ts';

/** A way to build one port from settings. It is built once per process, after all settings were checked. */
export interface Adapter<T, S extends ConfigShape = ConfigShape> {
  readonly config: S;
  create(config: v.InferOutput<v.ObjectSchema<S, undefined>>): T;
}

export const adapter = <T, S extends ConfigShape>(config: S, create: Adapter<T, S>['create']): Adapter<T, S> => ({
  config,
  create,
});

// biome-ignore lint/suspicious/noExplicitAny: each adapter has its own settings; they are merged and checked as one.
type AnyAdapter<T> = Adapter<T, any>;
export type AdaptersFor<P> = { [K in keyof P]: AnyAdapter<P[K]> };

/** Builds all of them. Errors: one `ConfigInvalid` that lists every missing or malformed setting. */
export const buildAll = <P>(adapters: AdaptersFor<P>, environment?: Record<string, string | undefined>): P => {
  const parts = Object.entries(adapters) as [string, AnyAdapter<unknown>][];
  const config = parseConfig(Object.assign({}, ...parts.map(([, part]) => part.config)), environment);
  return Object.fromEntries(parts.map(([name, part]) => [name, part.create(config)])) as P;
};
