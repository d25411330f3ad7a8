import { describe, expect, test } from '@jest/globals';
import type { ControlPlane } from '../../cli/control-plane/control-plane.ts';
import { requestFailover } from '../../cli/operations/failover.ts';
import { failoverEnded } from '../../lib/domain/failover/facts.ts';
import { failure } from '../contracts/good.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop } from './support/shop.ts';

const database = 'shop-db';
const name = 'failover-shop-db-r1';
const asked = { database, requestedBy: 'alice', requestId: 'r1', reason: 'the region is gone' };
const outcome = {
  reason: 'all is well',
  rtoSeconds: 12,
  rpoSeconds: 3,
  absent: null,
  failBack: ['Fence it', 'Compare'],
};

/** The model's control plane, with a bus that only remembers. */
const aPlane = async () => {
  const { plane: shop } = await aShop();
  const sent: { type: string; detail: object }[] = [];
  const plane: ControlPlane = {
    ...shop,
    events: { send: async (type: string, detail: object) => void sent.push({ type, detail }) },
  };
  const end = async (status: 'moved' | 'drilled' | 'refused' | 'failed') => {
    const run = `arn:aws:states:eu-west-1:000000000000:execution:failover:${name}`;
    await plane.ports.ledger.append({
      ...failoverEnded(run, database, { ...outcome, status }),
      run,
      at: plane.ports.clock.now(),
    });
  };
  return { plane, sent, end };
};

const ask = ['failover', database, '--request-id', 'r1', '--reason', asked.reason];

describe('failover', () => {
  test.each([
    ['real', []],
    ['drill', ['--drill']],
  ] as const)('asks for one (%s) by an event', async (mode, more) => {
    const { plane, sent } = await aPlane();
    const ended = await evenkeel({ plane }, ...ask, ...more, '--no-wait', '--json');
    expect(ended.code).toBe(0);
    expect(sent).toEqual([{ type: 'FailoverRequested', detail: { ...asked, mode } }]);
    expect(documents(ended)).toEqual([{ type: 'requested', ...asked, mode, name }]);
  });

  test.each([
    ['without a reason', ['failover', database], /--reason/],
    ['with an empty one', ['failover', database, '--reason', ''], /reason: expected a reason/],
    ['of an unknown database', ['failover', 'shop-bd', '--reason', 'x'], /DatabaseUnknown: .*known databases: shop-db/],
  ])('%s asks for nothing', async (_, argv, says) => {
    const { plane, sent } = await aPlane();
    const { code, err } = await evenkeel({ plane }, ...argv);
    expect({ code, err, sent }).toEqual({ code: 2, err: expect.stringMatching(says), sent: [] });
  });

  test('of a database without a second region asks for nothing', async () => {
    const { plane, sent } = await aPlane();
    const catalog = await plane.ports.catalogs.current();
    const databases = catalog.databases.map(({ failover: _, ...rest }) => rest);
    const ports = { ...plane.ports, catalogs: { current: async () => ({ ...catalog, databases }) } };
    const wish = requestFailover({ ...plane, ports }, { ...asked, mode: 'drill' });
    await expect(wish).rejects.toEqual(failure('FailoverUnplanned'));
    expect(sent).toEqual([]);
  });

  test.each([
    ['moved', 0],
    ['drilled', 0],
    ['refused', 1],
    ['failed', 1],
  ] as const)('that ended as %s ends with code %i, and the next steps', async (status, code) => {
    const { plane, end } = await aPlane();
    await end(status);
    const ended = await evenkeel({ plane }, ...ask);
    expect(ended.code).toBe(code);
    expect(`${ended.out}${ended.err}`).toContain('  1. Fence it\n  2. Compare\n');
  });
});
