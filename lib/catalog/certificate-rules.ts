import * as v from 'valibot';
import { endpointName } from '../contracts/certificate.ts';
import { CertificatePolicy, WatchedEndpoint } from '../contracts/certificate-policy.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Problem } from './read-yaml.ts';

/** Rules between the endpoints, the policy and the services. */
export const certificateProblems = (section: unknown, services: readonly Record<string, unknown>[]): Problem[] => {
  const { policy, endpoints } = fieldsOf(section);
  const names = services.map(({ name }) => name);
  return [
    ...shareProblems(policy),
    ...listOf(endpoints).flatMap((endpoint, index, all) => endpointProblems(endpoint, index, all, names)),
  ];
};

const shareProblems = (policy: unknown): Problem[] => {
  if (!v.is(CertificatePolicy, policy) || policy.badShare < policy.renewShare) return [];
  const message = `must be less than renewShare (${policy.renewShare}), or a certificate is BAD before it is due; got ${policy.badShare}`;
  return [{ path: ['certificates', 'policy', 'badShare'], message }];
};

const endpointProblems = (
  endpoint: unknown,
  index: number,
  all: readonly unknown[],
  services: readonly unknown[],
): Problem[] => {
  const parsed = v.safeParse(WatchedEndpoint, endpoint);
  if (!parsed.success) return [];
  const problem = (field: string, message: string): Problem => ({
    path: ['certificates', 'endpoints', index, field],
    message,
  });
  const { service, restart, hsts, redirects, protocol } = parsed.output;
  const name = endpointName(parsed.output);
  const first = all.findIndex((other) => v.is(WatchedEndpoint, other) && endpointName(other) === name);
  return [
    ...(first === index ? [] : [problem('host', `must be listed once, got ${name} again`)]),
    ...(service === undefined || services.includes(service)
      ? []
      : [problem('service', `must be a service of the catalog (${services.join(', ')}), got "${service}"`)]),
    ...(restart && service === undefined
      ? [problem('restart', 'needs a service, whose pods are started anew, got none')]
      : []),
    ...(protocol !== 'https' && (hsts || redirects)
      ? [problem('protocol', `must be https where hsts or redirects are asked for, got ${protocol}`)]
      : []),
  ];
};
