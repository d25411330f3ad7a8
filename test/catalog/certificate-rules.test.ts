import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import type { CertificateSection } from '../../lib/contracts/certificate-policy.ts';
import type { CatalogInvalid } from '../../lib/contracts/failures.ts';
import { aCatalog, aCertificateSection, aService } from '../support/builders.ts';

const problemsOf = (certificates: unknown): string => {
  try {
    parseCatalog(stringify({ ...aCatalog({ services: [aService()] }), certificates }), 'c.yml');
    return '';
  } catch (error) {
    return ((error as CatalogInvalid).data.problems as string[]).join('\n');
  }
};

test('a good section has no problem', () => {
  expect(problemsOf(aCertificateSection())).toBe('');
});

test.each(['config/catalog.yml', 'twin/catalog.yml'])('%s has one', (file) => {
  expect(parseCatalog(readFileSync(file, 'utf8'), file).certificates?.issuers.length).toBeGreaterThan(0);
});

const [endpoint] = aCertificateSection().endpoints as [CertificateSection['endpoints'][number]];
const { policy } = aCertificateSection();

test.each<[string, object, string]>([
  ['BAD before due', { policy: { ...policy, badShare: 0.5 } }, 'certificates.policy.badShare: must be less than'],
  [
    'days for a share',
    { policy: { ...policy, renewShare: 30 } },
    'certificates.policy.renewShare: expected less than 1',
  ],
  ['an endpoint twice', { endpoints: [endpoint, endpoint] }, 'certificates.endpoints.1.host: must be listed once'],
  [
    'a service nobody knows',
    { endpoints: [{ ...endpoint, service: 'shoe' }] },
    'certificates.endpoints.0.service: must be',
  ],
  [
    'pods of no service',
    { endpoints: [{ host: 'a.example.com', port: 443, protocol: 'tls', restart: true }] },
    'certificates.endpoints.0.restart: needs a service',
  ],
  [
    'HSTS of a database',
    { endpoints: [{ host: 'a.example.com', port: 5432, protocol: 'postgres', hsts: true }] },
    'certificates.endpoints.0.protocol: must be https',
  ],
  ['nobody who may issue', { issuers: [] }, 'certificates.issuers: expected at least one issuer'],
])('%s is refused, with its field', (_, differs, problem) => {
  expect(problemsOf({ ...aCertificateSection(), ...differs })).toContain(problem);
});
