import type { Adapter } from '../../lib/runtime/adapter.ts';
import { type ConfigShape, parseConfig } from '../../lib/runtime/config.ts';

/** Builds a port from environment variables, as a Lambda function does. */
export const fromEnvironment = <T, S extends ConfigShape>(
  { config, create }: Adapter<T, S>,
  environment: Record<string, string>,
): T => create(parseConfig(config, environment));
