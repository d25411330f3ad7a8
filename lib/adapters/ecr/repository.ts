import * as v from 'valibot';
import type { ServiceName } from '../../contracts/names.ts';

/** A repository is named by this prefix and the service. The prefix may be empty, but must be set. */
export const repositorySetting = {
  IMAGE_REPOSITORY_PREFIX: v.string('expected a prefix or an empty text, the variable is not set'),
};

export const repositoryOf = (prefix: string, service: ServiceName): string => `${prefix}${service}`;
