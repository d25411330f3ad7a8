import type { Catalog, Service } from '../contracts/catalog.ts';
import { CatalogInvalid, ServiceUnknown } from '../contracts/failures.ts';
import type { ServiceName } from '../contracts/names.ts';
import type { ReleasePolicy } from '../contracts/policy.ts';

/** Errors: `ServiceUnknown`, naming the services there are. */
export const findService = (catalog: Catalog, name: ServiceName): Service => {
  const service = catalog.services.find((one) => one.name === name);
  if (!service)
    throw new ServiceUnknown(
      name,
      catalog.services.map((one) => one.name),
    );
  return service;
};

/** The policy a service follows. The parser has already refused a catalog in which it is missing. */
export const policyOf = (catalog: Catalog, service: Service): ReleasePolicy => {
  const policy = catalog.policies[service.policy];
  if (!policy)
    throw new CatalogInvalid(
      `services: "${service.name}" follows the policy "${service.policy}", which does not exist`,
    );
  return policy;
};
