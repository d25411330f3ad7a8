import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';
import { emptySlot, Retired, Retirement } from '../deployment/retire-slot.ts';

/** The slot that was taken back is emptied under the same proof as an old one after a promotion. */
export const retireSlot = step({
  name: 'RetireSlot',
  input: Retirement,
  output: Retired,
  run: (ports: Needs<'traffic' | 'signals' | 'cluster' | 'ledger' | 'clock'>, input, call) =>
    emptySlot(ports, input, call),
});

export const handler = lambda(retireSlot, {
  traffic: albTraffic,
  signals: cloudwatchSignals,
  cluster: eksCluster,
  ledger: dynamoLedger,
  clock: systemClock,
});
