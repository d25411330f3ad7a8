import { describe, expect, test } from '@jest/globals';
import type { PagerCall } from '../../lib/contracts/pager.ts';
import type { Pager } from '../../lib/ports/pager.ts';

export const aCall = (differs: Partial<PagerCall> = {}): PagerCall => ({
  key: 'remedy-1/0',
  rota: 'platform',
  person: 'alice',
  resource: 'service/shop',
  service: 'shop',
  subject: 'service/shop: remedy-1 needs alice',
  body: 'no rung is left',
  at: '2026-05-01T10:00:00.000Z',
  ...differs,
});

type State = 'calling' | 'acknowledged' | 'resolved' | undefined;

/** `make` gives a pager that nobody was called by; `state`: what has become of the call of that key. */
export const describePager = (
  name: string,
  make: () => Promise<{ port: Pager; state(key: string): Promise<State> }>,
): void => {
  describe(`Pager: ${name}`, () => {
    test('who is called is called until it is acknowledged, and then until it is over', async () => {
      const { port, state } = await make();
      expect(await state('remedy-1/0')).toBeUndefined();
      await port.call(aCall());
      expect(await state('remedy-1/0')).toBe('calling');
      await port.acknowledge(aCall());
      expect(await state('remedy-1/0')).toBe('acknowledged');
      await port.resolve(aCall());
      expect(await state('remedy-1/0')).toBe('resolved');
    });

    test('the same call again calls nobody anew, also after it was acknowledged', async () => {
      const { port, state } = await make();
      await port.call(aCall());
      await port.call(aCall());
      await port.acknowledge(aCall());
      await port.call(aCall());
      expect(await state('remedy-1/0')).toBe('acknowledged');
    });

    test('calls of other keys are left alone', async () => {
      const { port, state } = await make();
      await port.call(aCall());
      await port.call(aCall({ key: 'remedy-1/1', rota: 'leads', person: 'carol' }));
      await port.acknowledge(aCall());
      expect(await state('remedy-1/1')).toBe('calling');
    });

    test('a call that was never made can be acknowledged and resolved', async () => {
      const { port, state } = await make();
      await port.acknowledge(aCall());
      await port.resolve(aCall());
      expect(await state('remedy-1/0')).toBeUndefined();
    });
  });
};

/** What PagerDuty makes of events, from their documentation: an alert is found by its key, and one that is resolved stays so. */
export const stateAfter = (events: readonly { event_action: string; dedup_key: string }[], key: string): State => {
  let state: State;
  for (const { event_action: action } of events.filter(({ dedup_key }) => dedup_key === key)) {
    if (action === 'trigger') state = state === 'acknowledged' ? state : 'calling';
    else if (state !== undefined) state = action === 'acknowledge' ? 'acknowledged' : 'resolved';
  }
  return state;
};
