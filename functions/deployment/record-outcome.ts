import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { ReleaseId, ServiceName } from '../../lib/contracts/names.ts';
import { ReleaseStatus } from '../../lib/contracts/release.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { closingMessage } from '../../lib/domain/messages/closing-message.ts';
import { readCause } from '../../lib/domain/release/read-cause.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/**
 * The end of a release that needed no undo: promoted, or rejected before traffic could move. Keeps the first end that
 * was recorded, gives the lease back, and leaves one closing message, however often it runs.
 */
export const recordOutcome = step({
  name: 'RecordOutcome',
  input: v.object({
    service: ServiceName,
    releaseId: ReleaseId,
    end: v.picklist(['promoted', 'rejected']),
    failed: v.nullable(Failed),
  }),
  output: v.object({ status: ReleaseStatus, reason: v.string() }),
  async run(
    ports: Needs<'releases' | 'leases' | 'ledger' | 'outbox' | 'clock'>,
    { service, releaseId, end, failed },
    call,
  ) {
    const reason = failed ? readCause(failed).reason : 'every stage was healthy';
    const endedAt = ports.clock.now();
    // A wish that could not even be planned left no release behind.
    if (await ports.releases.find(releaseId)) await ports.releases.advance(releaseId, { status: end, endedAt, reason });
    const lease = await ports.leases.current(leaseOf(service));
    if (lease?.holder === releaseId) await ports.leases.release(lease);
    const release = await ports.releases.find(releaseId);
    const status = release?.status ?? end;
    const told = status === end ? reason : (release?.reason ?? reason);
    await ports.outbox.enqueue(closingMessage({ id: releaseId, service, status, reason: told, at: endedAt }));
    await record(ports, call, {
      service,
      key: `${releaseId}/ended`,
      kind: 'ended',
      says: `${releaseId} ended as ${end}: ${reason}`,
      data: { end, failed },
    });
    return { status, reason };
  },
});

export const handler = lambda(recordOutcome, {
  releases: dynamoReleases,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
