import { describe, expect, test } from '@jest/globals';
import { documents, evenkeel } from './support/host.ts';
import { aShop, bad, v2 } from './support/shop.ts';

const afterRelease = async () => {
  const shop = await aShop();
  await evenkeel(shop, 'deploy', 'shop', v2.digest, '--request-id', 'r1');
  return shop;
};

describe('rollback', () => {
  test('brings the last good release back and ends with code 0', async () => {
    const shop = await afterRelease();
    const { code, out } = await evenkeel(shop, 'rollback', 'shop', '--reason', 'orders are charged twice');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('undone') });
    expect(shop.twin.world.records.live.get('shop')?.slot).toBe('blue');
  });

  test('without anything to go back to it ends with code 1 and says so', async () => {
    const { code, out } = await evenkeel(await aShop(), 'rollback', 'shop');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('NoSafeTarget') });
  });

  test.each([
    ['an unknown service', ['shoq'], 'ServiceUnknown'],
    ['an empty reason', ['shop', '--reason', ''], 'InputInvalid'],
  ])('refuses %s', async (_, args, name) => {
    const { code, err } = await evenkeel(await aShop(), 'rollback', ...args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(new RegExp(`^${name}: `)) });
  });
});

describe('watch', () => {
  test('of a run that is over tells its story and gives its exit code', async () => {
    const shop = await aShop();
    await evenkeel(shop, 'deploy', 'shop', bad.digest, '--request-id', 'r1');
    const ended = await evenkeel(shop, 'watch', 'shop-r1', '--json');
    expect(ended.code).toBe(1);
    expect(documents(ended)[0]).toMatchObject({ type: 'fact', kind: 'planned' });
  });

  test.each(['shop-r1', 'shift-shop-r1', 'arn:aws:states:eu-west-1:000000000000:execution:deployment:shop-r1'])(
    'knows the run by %s',
    async (run) => {
      const { code, out } = await evenkeel(await afterRelease(), 'watch', run);
      expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('shop-r1 promoted') });
    },
  );

  test('of a run of no known service is refused with what is allowed', async () => {
    const { code, err } = await evenkeel(await aShop(), 'watch', 'shoq-r1');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^RunNotFound: run: got "shoq-r1"; allowed: /),
    });
  });

  test('ends with code 130 at ctrl-C, while the run goes on', async () => {
    const shop = await aShop();
    await shop.when.shiftReaches(shop.when.deployed(v2), 50);
    const { code, err } = await evenkeel({ ...shop, signal: AbortSignal.abort() }, 'watch', 'shop-r1');
    expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining('goes on there: evenkeel watch RUN') });
    expect(await shop.ends()).toMatchObject({ status: 'promoted' });
  });
});

describe('explain', () => {
  test('tells the story and verifies the ledger', async () => {
    const { code, out } = await evenkeel(await afterRelease(), 'explain', 'shop-r1');
    expect(code).toBe(0);
    expect(out).toContain('alice asked for');
    expect(out).toMatch(/The ledger of shop is whole: \d+ facts, each hash verified/);
  });

  test('ends with code 1 when a fact was changed afterwards, and names it', async () => {
    const shop = await afterRelease();
    const entry = shop.twin.world.ledger.get('shop')?.[2];
    if (entry) Object.assign(entry, { says: 'nothing happened' });
    const ended = await evenkeel(shop, 'explain', 'shop-r1', '--json');
    expect(ended.code).toBe(1);
    expect(documents(ended)[0]).toMatchObject({ chain: { ok: false, sequence: 3 } });
  });

  test('of a run without a fact is refused', async () => {
    const { code, err } = await evenkeel(await afterRelease(), 'explain', 'shop-r2');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^RunNotFound: .*"shop-r2"/) });
  });
});

describe('history', () => {
  test('lists releases, newest first', async () => {
    const shop = await afterRelease();
    await evenkeel(shop, 'deploy', 'shop', bad.digest, '--request-id', 'r2');
    const [document] = documents(await evenkeel(shop, 'history', 'shop', '--json'));
    const releases = document?.releases as { releaseId: string }[];
    expect(releases.map(({ releaseId }) => releaseId)).toEqual(['shop-r2', 'shop-r1', 'shop-adopted']);
  });

  test('is a table for people', async () => {
    const { out } = await evenkeel(await afterRelease(), 'history', 'shop');
    expect(out).toMatch(/^RELEASE +STATUS +SLOT .*\nshop-r1 +promoted +green +sha256:222222222222 +alice/);
  });

  test('refuses a limit out of range with the range', async () => {
    const { code, err } = await evenkeel(await aShop(), 'history', 'shop', '--limit', '0');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('whole numbers from 1 to 200') });
  });
});
