import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { Finding, InventoryEntry, RenewalOutcome, RenewalWish } from '../../lib/contracts/certificate.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { renewalFact, renewalMessage, renewalOutcome } from '../../lib/domain/certificates/renewal.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type RecordNeeds = Needs<'leases' | 'ledger' | 'outbox' | 'clock'>;

const End = v.object({
  name: v.string(),
  wish: RenewalWish,
  asked: v.nullable(v.picklist(['requested', 'person', 'nothing'])),
  entry: v.nullable(InventoryEntry),
  served: v.nullable(v.object({ everywhere: v.boolean(), findings: v.array(Finding) })),
  failed: v.nullable(Failed),
});

/** The end of a renewal: services given back, people told where they are needed. */
export const recordRenewal = step({
  name: 'RecordRenewal',
  input: End,
  output: RenewalOutcome,
  async run(ports: RecordNeeds, end, call) {
    const outcome = renewalOutcome(end);
    await giveLeasesBack(ports, end.name, end.wish.services);
    const message = renewalMessage(end.wish, outcome, ports.clock.now());
    if (message) await ports.outbox.enqueue(message);
    await record(ports, call, renewalFact(call.run, outcome));
    return outcome;
  },
});

const giveLeasesBack = async ({ leases }: RecordNeeds, name: string, services: readonly string[]): Promise<void> => {
  for (const service of services) {
    const lease = await leases.current(leaseOf(service));
    if (lease?.holder === name) await leases.release(lease);
  }
};

export const handler = lambda(recordRenewal, {
  leases: dynamoLeases,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
