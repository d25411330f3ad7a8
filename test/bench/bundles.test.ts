import { describe, expect, test } from '@jest/globals';
import { classOf } from '../../bench/bundles/build.ts';
import manifest from '../../package.json' with { type: 'json' };

const clients = Object.keys(manifest.dependencies).filter((name) => /^@aws-sdk\/(client|lib)-/.test(name));

describe('a bare handler to compare with', () => {
  test.each(clients)('names the one client class of %s', async (client) => {
    expect(await classOf(client)).toMatch(/Client$/);
  });

  test('says what it found in a package without one', async () => {
    await expect(classOf('yaml')).rejects.toThrow('bench: expected one client in yaml, got none');
  });
});
