import { describe, expect, test } from '@jest/globals';
import { withValues } from '../../scripts/manifest-values.ts';
import { readText } from '../support/sources.ts';

const file = `# The one place that differs.
apiVersion: v1
kind: ConfigMap
data:
  name: staging
  # Chosen by people.
  acme-email: platform@example.com
  image-shop: registry/shop@sha256:1
  domain: old.example.com
`;

test('values take their places, and comments and what people chose stay', () => {
  expect(withValues(file, { name: 'staging', domain: 'new.example.com', 'for-another': 'x' })).toBe(
    file.replace('old.example.com', 'new.example.com'),
  );
});

describe('refused, with every name at once', () => {
  test('what Terraform does not have', () => {
    expect(() => withValues(file, { zone: 'Z1' })).toThrow(
      'name: the file names it, but Terraform has none\ndomain: the file names it, but Terraform has none',
    );
  });
  test('a file that is no ConfigMap', () => {
    expect(() => withValues('kind: Service', {})).toThrow('expected a ConfigMap with data');
  });
});

test.each(['staging', 'production'])('the overlay of %s names what its environment hands over', (stage) => {
  const overlay = readText(`k8s/overlays/${stage}/environment.yaml`);
  const outputs = readText(`terraform/environments/${stage}/outputs.tf`);
  const fixed = [...outputs.matchAll(/^ {6}([a-z-]+) += /gm)].map(([, name = '']) => name);
  expect(fixed.length).toBeGreaterThan(5);
  for (const name of fixed) expect(overlay).toContain(`  ${name}: `);
});
