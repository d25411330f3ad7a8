import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { Lease, leaseOf } from '../../lib/contracts/lease.ts';
import { ServiceName } from '../../lib/contracts/names.ts';
import { leaseTakenOver } from '../../lib/domain/undo/facts.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { recordIfPossible } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** Longer than any rollback may run; a rollback that outlives it can be taken over like any other. */
const leaseSeconds = 3600;

/** Takes the service from whoever holds it. From here on every write of the old holder is refused. */
export const takeOverLease = step({
  name: 'TakeOverLease',
  input: v.object({ service: ServiceName, holder: v.string() }),
  output: Lease,
  async run(ports: Needs<'leases' | 'ledger' | 'clock'>, { service, holder }, call) {
    const lease = await ports.leases.takeOver(leaseOf(service), holder, plusSeconds(ports.clock.now(), leaseSeconds));
    await recordIfPossible(ports, call, leaseTakenOver(call.run, lease, service));
    return lease;
  },
});

export const handler = lambda(takeOverLease, { leases: dynamoLeases, ledger: dynamoLedger, clock: systemClock });
