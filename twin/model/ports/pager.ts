import type { PagerCall } from '../../../lib/contracts/pager.ts';
import type { Pager } from '../../../lib/ports/pager.ts';

/** A call as the pager knows it. `asked`: what was asked for under its key, however often. */
export type Called = { call: PagerCall; state: 'calling' | 'acknowledged' | 'resolved'; asked: PagerCall[] };

export const modelPager = (calls: Map<string, Called>): Pager => {
  const change = (key: string, state: Called['state']) => {
    const known = calls.get(key);
    if (known && known.state !== 'resolved') calls.set(key, { ...known, state });
  };
  return {
    async call(call) {
      const known = calls.get(call.key);
      const open = known && known.state !== 'resolved' ? known : { call, state: 'calling' as const };
      calls.set(call.key, { ...open, asked: [...(known?.asked ?? []), call] });
    },
    acknowledge: async ({ key }) => change(key, 'acknowledged'),
    resolve: async ({ key }) => change(key, 'resolved'),
  };
};
