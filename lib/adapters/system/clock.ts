import { fromMs } from '../../contracts/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import { adapter } from '../../runtime/adapter.ts';

export const systemClock = adapter({}, (): Clock => ({ now: () => fromMs(Date.now()) }));
