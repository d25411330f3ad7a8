import { describe, expect, test } from '@jest/globals';
import { aVersion } from '../support/scenario.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop, bad, crashing, v2 } from './support/shop.ts';

describe('deploy', () => {
  test('a promoted release ends with code 0 and tells how it went', async () => {
    const { plane } = await aShop();
    const { code, out } = await evenkeel({ plane }, 'deploy', 'shop', v2.digest, '--request-id', 'r1');
    expect(code).toBe(0);
    expect(out).toMatch(/shop-r1 promoted: every stage was healthy\n$/);
  });

  test('a release that comes back ends with code 1 and the time until traffic was safe', async () => {
    const { plane } = await aShop();
    const ended = await evenkeel({ plane }, 'deploy', 'shop', bad.digest, '--request-id', 'r1', '--json');
    expect(ended.code).toBe(1);
    const outcome = { type: 'outcome', ok: false, name: 'shop-r1', timeToSafeSeconds: expect.any(Number) };
    expect(documents(ended).at(-1)).toMatchObject({ ...outcome, status: 'undone' });
  });

  test('progress in JSON is the request, facts in the order of the ledger, and the outcome last', async () => {
    const { plane } = await aShop();
    const lines = documents(await evenkeel({ plane }, 'deploy', 'shop', v2.digest, '--request-id', 'r1', '--json'));
    expect(lines[0]).toMatchObject({ type: 'requested', service: 'shop', digest: v2.digest, requestedBy: 'alice' });
    const sequences = lines.filter(({ type }) => type === 'fact').map(({ sequence }) => Number(sequence));
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(lines.at(-1)).toMatchObject({ type: 'outcome', ok: true, status: 'promoted' });
  });

  test('--no-wait returns once the wish was taken', async () => {
    const { plane } = await aShop();
    const ended = await evenkeel({ plane }, 'deploy', 'shop', v2.digest, '--request-id', 'r1', '--no-wait', '--json');
    expect(ended.code).toBe(0);
    expect(documents(ended).map(({ type }) => type)).toEqual(['requested']);
  });

  test('a sample image of the twin has a name', async () => {
    const { plane, twin } = await aShop();
    await evenkeel({ plane }, 'deploy', 'shop', '@good-2', '--request-id', 'r1');
    expect(twin.world.records.byId.get('shop-r1')?.digest).toBe(v2.digest);
  });

  test('the same request id twice is one release', async () => {
    const { plane, twin } = await aShop();
    await evenkeel({ plane }, 'deploy', 'shop', v2.digest, '--request-id', 'r1');
    await evenkeel({ plane }, 'deploy', 'shop', v2.digest, '--request-id', 'r1');
    const { executions } = await twin.engine.listExecutions({ stateMachineArn: twin.machineArn('deployment') });
    expect(executions).toHaveLength(1);
  });
});

describe('deploy refuses before anything is asked of the control plane', () => {
  test.each([
    ['an unknown service', ['shoq', v2.digest], 'ServiceUnknown', 'known services: shop'],
    ['a tag', ['shop', 'shop:1.2'], 'DigestRequired', 'which can move under a release'],
    ['a malformed digest', ['shop', 'sha256:abc'], 'DigestMalformed', '64 hexadecimal digits, got "sha256:abc"'],
    ['an unknown sample', ['shop', '@good-9'], 'ImageNotFound', 'allowed sample images: @good-2'],
    [
      'an actor that is no name',
      ['shop', v2.digest, '--as', 'a b'],
      'InputInvalid',
      'requestedBy: expected 1-128 letters',
    ],
  ])('%s', async (_, args, name, advice) => {
    const { plane, twin } = await aShop();
    const { code, out, err } = await evenkeel({ plane }, 'deploy', ...args);
    expect({ code, out, err }).toMatchObject({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^${name}: .*\n$`));
    expect(err).toContain(advice);
    expect(twin.runs.size).toBe(0);
  });

  test('the name of a sample image, on an account', async () => {
    const { account } = await aShop();
    const { code, err } = await evenkeel({ plane: account }, 'deploy', 'shop', '@good-2', '--target', 'aws');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^DigestMalformed: .*"@good-2"/) });
  });

  test('with --json the failure is the document', async () => {
    const { plane } = await aShop();
    const ended = await evenkeel({ plane }, 'deploy', 'shop', 'latest', '--json');
    expect(ended).toMatchObject({ code: 2, err: '' });
    expect(documents(ended)).toEqual([{ error: expect.objectContaining({ name: 'DigestRequired' }) }]);
  });
});

describe('deploy tells what the control plane refused', () => {
  test('an image with critical findings', async () => {
    const { plane, given } = await aShop();
    given.image(aVersion('c'), { status: 'complete', critical: 2, high: 0 });
    const { code, out } = await evenkeel({ plane }, 'deploy', 'shop', aVersion('c').digest);
    expect(code).toBe(1);
    expect(out).toMatch(/rejected: GatesNotPassed: .*2 critical/);
  });

  test('an image whose pods never stay ready', async () => {
    const { plane } = await aShop();
    const { code, out } = await evenkeel({ plane }, 'deploy', 'shop', crashing.digest);
    expect(code).toBe(1);
    expect(out).toMatch(/rejected: RolloutFailed/);
  });

  test('an image that the registry does not have', async () => {
    const { plane } = await aShop();
    const { code, out } = await evenkeel({ plane }, 'deploy', 'shop', aVersion('f').digest);
    expect(code).toBe(1);
    expect(out).toMatch(/rejected: ImageNotFound/);
  });

  test('a release while another one runs', async () => {
    const { plane, when } = await aShop();
    await when.shiftReaches(when.deployed(v2, { requestId: 'first' }), 50);
    const { code, out } = await evenkeel({ plane }, 'deploy', 'shop', bad.digest, '--request-id', 'second');
    expect(code).toBe(1);
    expect(out).toMatch(/shop-second rejected: ReleaseAlreadyRunning: .*held by "shop-first"/);
  });
});
