import { expect, test } from '@jest/globals';
import { documents, evenkeel } from './support/host.ts';
import { aShop } from './support/shop.ts';

const incident = 'remedy-3fa9';

test('approve answers by an event, as who asks for it', async () => {
  const { plane, twin } = await aShop();
  const ended = await evenkeel({ plane }, 'approve', incident, '--rung', '1', '--as', 'alice', '--json');
  expect(ended.code).toBe(0);
  expect(documents(ended)).toEqual([{ type: 'answered', incident, rung: 1, answer: 'approve', answeredBy: 'alice' }]);
  expect(twin.heard.map(({ type }) => type)).toContain('RemedyAnswered');
});

test('with --refuse it is a no', async () => {
  const { plane } = await aShop();
  const ended = await evenkeel({ plane }, 'approve', incident, '--refuse', '--json');
  expect(documents(ended)).toMatchObject([{ rung: 0, answer: 'refuse' }]);
});

test('what is not the id of an incident is refused by name', async () => {
  const { plane, twin } = await aShop();
  const ended = await evenkeel({ plane }, 'approve', 'shop-r1');
  expect(ended.code).not.toBe(0);
  expect(ended.err).toMatch(/incident: expected the id of an incident/);
  expect(twin.heard).toEqual([]);
});

test('close lets playbooks act again, and its reason is in the ledger', async () => {
  const { plane, twin } = await aShop();
  const resource = 'service/shop';
  await twin.world.ports.incidents.openBreaker({ resource, openedAt: '2026-05-01T10:00:00.000Z', reason: 'too often' });
  const ended = await evenkeel({ plane }, 'close', resource, '--reason', 'the leak is mended', '--as', 'alice');
  expect(ended.code).toBe(0);
  expect(await twin.world.ports.incidents.breaker(resource)).toBeUndefined();
  expect([...twin.world.ledger.values()].flat().map(({ says }) => says)).toContain(
    'alice closes the breaker of service/shop, open since 2026-05-01T10:00:00.000Z: the leak is mended',
  );
});

test('reconcile asks for a look at what was lost', async () => {
  const { plane, twin } = await aShop();
  const ended = await evenkeel({ plane }, 'reconcile', '--request-id', 'r1', '--as', 'alice', '--json');
  expect(ended.code).toBe(0);
  expect(documents(ended)).toEqual([
    { type: 'reconciling', name: 'reconcile-r1', requestedBy: 'alice', requestId: 'r1' },
  ]);
  expect(twin.heard.map(({ type }) => type)).toContain('ReconcileRequested');
});
