import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnRuns } from '../../lib/adapters/sfn/runs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { secondsBetween } from '../../lib/contracts/instant.ts';
import { type Finding, Looked } from '../../lib/contracts/reconcile.ts';
import { wholeNumber } from '../../lib/contracts/whole-number.ts';
import { gathered } from '../../lib/domain/reconcile/gathered.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { findDrifts } from '../../lib/runtime/drift.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { leftByRemedies, leftByRuns } from '../../lib/runtime/left-leases.ts';
import { lostBackups, lostReleases, lostRemedies, lostRollbacks } from '../../lib/runtime/lost-runs.ts';
import { patientTries, reading } from '../../lib/runtime/reading.ts';
import { step } from '../../lib/runtime/task.ts';
import { findUnheardAlarms } from '../../lib/runtime/unheard-alarms.ts';

type LookNeeds = Needs<
  'backups' | 'catalogs' | 'incidents' | 'leases' | 'outbox' | 'releases' | 'runs' | 'signals' | 'traffic' | 'clock'
>;

/** `attempt`: how often this was tried before. */
const Look = v.object({ run: v.string(), attempt: wholeNumber(0, 100) });

/** Is anything not as it should be? Each kind of thing is looked at by itself: what cannot be read hides only itself, and is said. */
export const look = step({
  name: 'Look',
  input: Look,
  output: Looked,
  async run(ports: LookNeeds, { attempt }, { log }) {
    const reader = { log, patient: attempt < patientTries };
    const catalog = await ports.catalogs.current();
    const looks: Readonly<Record<string, () => Promise<Finding[]>>> = {
      incidents: () => lostRemedies(ports),
      releases: () => lostReleases(ports, catalog),
      rollbacks: () => lostRollbacks(ports, catalog),
      backups: () => lostBackups(ports, catalog),
      alarms: () => findUnheardAlarms(ports, catalog),
      leases: () => leftByRuns(ports, catalog),
      acts: () => leftByRemedies(ports, catalog),
      traffic: () => findDrifts(ports, catalog),
    };
    const found = [];
    for (const [what, find] of Object.entries(looks)) found.push({ what, found: await reading(reader, what, find) });
    const waits = await reading(reader, 'messages', () => oldestMessageSeconds(ports));
    return gathered(found, waits);
  },
});

const oldestMessageSeconds = async ({ outbox, clock }: LookNeeds): Promise<number> => {
  const [oldest] = await outbox.pending(1);
  return oldest ? Math.max(0, secondsBetween(oldest.at, clock.now())) : 0;
};

export const handler = lambda(look, {
  backups: dynamoBackups,
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  leases: dynamoLeases,
  outbox: dynamoOutbox,
  releases: dynamoReleases,
  runs: sfnRuns,
  signals: cloudwatchSignals,
  traffic: albTraffic,
  clock: systemClock,
});
