import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readConfiguration } from '../../scripts/infra/drift/configuration.ts';
import { readText } from '../support/sources.ts';

test('the stack has the tags that budgets count by and that every resource must have', async () => {
  const { provider } = parse(readText('serverless.yml')) as { provider: { stackTags: Record<string, string> } };
  const { variable } = await readConfiguration('terraform/modules/cost');
  const required = variable.required_tags?.[0].default as string[];
  expect(required.length).toBeGreaterThan(0);
  expect(Object.keys(provider.stackTags)).toEqual(expect.arrayContaining(required));
  expect(provider.stackTags.Stage).toContain('sls:stage');
});
