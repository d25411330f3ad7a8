import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { AlarmRaised } from '../../lib/contracts/events.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { type ServiceName, undoNameOf } from '../../lib/contracts/names.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

type AlarmNeeds = Needs<'catalogs' | 'leases' | 'releases' | 'machines' | 'ledger' | 'clock'>;

/** An alarm that guards a service fired while a release of it moves traffic: undo it without waiting for the next look. */
export const alarmRaised = trigger({
  name: 'AlarmRaised',
  event: AlarmRaised,
  async run(ports: AlarmNeeds, { detail: { alarmName } }) {
    const { services } = await ports.catalogs.current();
    const guarded = services.filter(({ alarms }) => alarms.includes(alarmName));
    for (const { name } of guarded) await undoRunning(ports, name, alarmName);
  },
});

const undoRunning = async (
  { leases, releases, machines }: AlarmNeeds,
  service: ServiceName,
  alarmName: string,
): Promise<void> => {
  const lease = await leases.current(leaseOf(service));
  const release = lease && (await releases.find(lease.holder));
  if (!release || !['shifting', 'baking'].includes(release.status)) return;
  const failed = { error: 'AlarmRaised', cause: `alarm ${alarmName} fired while traffic moved` };
  await machines.start('rollback', undoNameOf(release.releaseId), {
    kind: 'undo',
    service,
    releaseId: release.releaseId,
    requestedBy: 'evenkeel',
    failed,
  });
};

export const handler = lambda(alarmRaised, {
  catalogs: bundledCatalogs,
  leases: dynamoLeases,
  releases: dynamoReleases,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
