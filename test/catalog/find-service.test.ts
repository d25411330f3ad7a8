import { expect, test } from '@jest/globals';
import { findService, policyOf } from '../../lib/catalog/find-service.ts';
import { aCatalog, aPolicy, aService } from '../support/builders.ts';

test('a service is found with the policy it follows', () => {
  const service = findService(aCatalog(), 'shop');
  expect(service).toEqual(aService());
  expect(policyOf(aCatalog(), service)).toEqual(aPolicy());
});

test('an unknown service is refused with those that are known', () => {
  expect(() => findService(aCatalog(), 'shpo')).toThrow(
    expect.objectContaining({ name: 'ServiceUnknown', message: expect.stringContaining('known services: shop') }),
  );
});

test('a policy that is missing is refused', () => {
  expect(() => policyOf(aCatalog(), aService({ policy: 'fast' }))).toThrow(
    expect.objectContaining({ name: 'CatalogInvalid' }),
  );
});
