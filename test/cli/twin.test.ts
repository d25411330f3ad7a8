import { describe, expect, test } from '@jest/globals';
import type { TwinControl } from '../../cli/twin/twin-control.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop, v1 } from './support/shop.ts';

const addresses = {
  stateDir: '/state',
  pid: 7,
  endpoint: 'http://127.0.0.1:4000',
  addresses: { shop: 'http://127.0.0.1:4001' },
};

const aTwin = (downs: { wipe: boolean }[] = []): TwinControl => ({
  async up(progress) {
    progress('starting');
    return addresses;
  },
  addresses: async () => addresses,
  kill: async () => addresses.pid,
  async down(options) {
    downs.push(options);
  },
});

describe('up', () => {
  test('says where everything is and what to try next', async () => {
    const { code, out } = await evenkeel({ control: aTwin() }, 'up');
    expect(code).toBe(0);
    expect(out).toContain('http://127.0.0.1:4001');
    expect(out).toContain('npx evenkeel deploy shop @good-2');
    expect(out).toContain('npx evenkeel down');
  });

  test('what to try next finds a twin in another folder', async () => {
    const { out } = await evenkeel({ control: aTwin() }, 'up', '--state', '/state');
    expect(out).toContain('npx evenkeel down --state /state');
  });

  test('in JSON is progress and then one document', async () => {
    const lines = documents(await evenkeel({ control: aTwin() }, 'up', '--json'));
    expect(lines).toEqual([
      { type: 'progress', text: 'starting' },
      { type: 'ready', ...addresses, seconds: expect.any(Number) },
    ]);
  });

  test('an account is not started from here', async () => {
    const { code, err } = await evenkeel({ control: aTwin() }, 'up', '--target', 'aws');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('--target: got "aws"') });
  });
});

test('down keeps the state unless told to wipe it', async () => {
  const downs: { wipe: boolean }[] = [];
  await evenkeel({ control: aTwin(downs) }, 'down');
  await evenkeel({ control: aTwin(downs) }, 'down', '--wipe');
  expect(downs).toEqual([{ wipe: false }, { wipe: true }]);
});

describe('status', () => {
  test('shows the live release, weights and pods', async () => {
    const { plane } = await aShop();
    const { code, out } = await evenkeel({ plane, control: aTwin() }, 'status');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^shop {2}http:\/\/127\.0\.0\.1:4001\n {2}live {5}shop-adopted in slot blue\n {2}running {2}nothing/,
    );
    expect(out).toMatch(/blue +100 % +4\/4 ready +sha256:111111111111/);
  });

  test('counts the traffic of the last minute', async () => {
    const { plane, when } = await aShop();
    await when.secondsPass(120);
    const [document] = documents(await evenkeel({ plane }, 'status', '--target', 'aws', '--json'));
    expect(document).toMatchObject({
      services: [{ live: { digest: v1.digest }, traffic: { failures: 0, seconds: 60 } }],
    });
    expect(document?.services).toEqual([
      expect.objectContaining({ traffic: expect.objectContaining({ requests: 2400 }) }),
    ]);
  });
});

describe('images', () => {
  test('names each sample and what it does', async () => {
    const { plane } = await aShop();
    const { out } = await evenkeel({ plane }, 'images');
    expect(out).toMatch(/^shop +@good-2 +sha256:2{64} +is good\n$/);
  });

  test('an account has none', async () => {
    const { account } = await aShop();
    const { code, err } = await evenkeel({ plane: account }, 'images', '--target', 'aws');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('allowed: twin') });
  });
});
