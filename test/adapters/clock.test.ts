import { systemClock } from '../../lib/adapters/system/clock.ts';
import { describeClock } from '../contracts/clock.contract.ts';

describeClock('system', async () => ({ port: systemClock.create({}) }));
