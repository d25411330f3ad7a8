import { describe, expect, test } from '@jest/globals';
import type { ModelTwin } from '../../twin/model/model-twin.ts';
import { remediationStories } from '../../twin/prove/remediation-stories.ts';
import { aRemedy } from './remedy-scenario.ts';

const quick = { settleSeconds: 60, periodSeconds: 60, periods: 2, patience: 4 };
const undo = { rungs: [{ act: { kind: 'undo-release' as const }, ...quick }] };
const runsOf = ({ runs, machineArn }: ModelTwin, machine: 'rollback' | 'restore-test') =>
  [...runs.values()].filter(({ stateMachineArn }) => stateMachineArn === machineArn(machine));
/** shop-r1 is live in slot green, and what was adopted is the way back. */
const promote = (twin: ModelTwin) =>
  remediationStories.find(({ name }) => name === 'alarm-undoes-release')?.acts[0]?.act(twin);
const deploy = (digest: string) => ({
  source: 'evenkeel',
  type: 'DeployRequested',
  detail: { service: 'shop', digest, requestedBy: 'ci', requestId: 'r2' },
});

describe('a playbook that undoes a release', () => {
  test('brings the live one back to the last good one, which is live then', async () => {
    const { twin, tell, ends } = await aRemedy({ crashing: undo });
    promote(twin);
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(runsOf(twin, 'rollback')).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(twin.world.records.live.get('shop')?.releaseId).toBe('shop-adopted');
    expect(end).toMatchObject({ leases: [], attempts: [{ did: expect.stringContaining('from shop-r1') }] });
  });

  test('undoes what is on its way under the name that all use, and once', async () => {
    const { twin, tell, ends, pass } = await aRemedy({ crashing: undo });
    twin.world.services.get('shop').setUsers(40);
    const digest = `sha256:${'2'.repeat(64)}`;
    twin.world.publish(digest);
    twin.publish(deploy(digest));
    await pass(60);
    expect(twin.world.records.byId.get('shop-r2')?.status).toBe('baking');
    tell('shop-crashing', 'firing');
    await ends();
    expect(runsOf(twin, 'rollback')).toMatchObject([{ name: 'undo-shop-r2' }]);
    expect(twin.world.records.byId.get('shop-r2')?.status).toBe('undone');
    expect(twin.world.records.live.get('shop')?.releaseId).toBe('shop-adopted');
  });

  test('runs in a freeze: going back asks nobody', async () => {
    const freeze = { from: '2026-05-01T00:00:00.000Z', to: '2026-05-03T00:00:00.000Z', reason: 'the sale' };
    const { twin, tell, ends } = await aRemedy({ crashing: undo, freezes: [freeze] });
    promote(twin);
    tell('shop-crashing', 'firing');
    await ends();
    expect(runsOf(twin, 'rollback')).toMatchObject([{ status: 'SUCCEEDED' }]);
  });
});

describe('a playbook that has a restore tested', () => {
  const restoreTest = (database?: string) => ({
    rungs: [{ act: { kind: 'run-restore-test' as const, ...(database ? { database } : {}) }, ...quick }],
  });

  test('starts one drill of the newest backup, named after the attempt', async () => {
    const { twin, tell, ends } = await aRemedy({ crashing: restoreTest('shop-db') });
    tell('shop-crashing', 'firing', { times: 3 });
    await ends();
    expect(runsOf(twin, 'restore-test').map(({ name }) => name)).toEqual([
      expect.stringMatching(/^shop-db-[0-9a-f]{16}$/),
    ]);
  });

  test('that the catalog does not know: it is impossible, and people are told why', async () => {
    const { twin, tell, ends } = await aRemedy({ crashing: restoreTest('other-db') });
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(runsOf(twin, 'restore-test')).toEqual([]);
    expect(end).toMatchObject({ statuses: ['escalated'], leases: [] });
    const closing = end.messages.filter(({ id }) => id.startsWith('closing-'));
    expect(closing).toMatchObject([{ body: expect.stringContaining('no database "other-db"') }]);
  });
});
