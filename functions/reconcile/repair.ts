import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnLostMachines } from '../../lib/adapters/sfn/machines.ts';
import { sfnRuns } from '../../lib/adapters/sfn/runs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { Finding } from '../../lib/contracts/reconcile.ts';
import { mendedFact } from '../../lib/domain/reconcile/says.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { tellDrift } from '../../lib/runtime/drift.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { giveLeftLeaseBack } from '../../lib/runtime/left-leases.ts';
import { endLostRun } from '../../lib/runtime/lost-runs.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';
import { controlPlane } from '../../lib/runtime/trigger.ts';
import { answerUnheard } from '../../lib/runtime/unheard-alarms.ts';

type RepairNeeds = Needs<
  | 'backups'
  | 'catalogs'
  | 'incidents'
  | 'leases'
  | 'ledger'
  | 'machines'
  | 'outbox'
  | 'releases'
  | 'runs'
  | 'signals'
  | 'traffic'
  | 'clock'
>;

/**
 * Makes good what was found, each whatever becomes of the others. Rule: everything is looked at again just before, and done by the same
 * code, under the same names, as the event that was lost would have; so it may come late, and two of us may run at once.
 */
export const repair = step({
  name: 'Repair',
  input: v.object({ run: v.string(), findings: v.array(Finding) }),
  output: v.object({ mended: v.number() }),
  async run(ports: RepairNeeds, { findings }, call) {
    let mended = 0;
    await forEachOf(findings, async (finding) => {
      if (!(await mend(ports, finding, call))) return;
      if (finding.kind !== 'drift') await record(ports, call, { service: controlPlane, ...mendedFact(finding) });
      mended += 1;
    });
    return { mended };
  },
});

/** False for what has passed by itself meanwhile. */
const mend = (ports: RepairNeeds, finding: Finding, call: Call): Promise<boolean> => {
  switch (finding.kind) {
    case 'lost-run':
      return endLostRun(ports, finding, call);
    case 'left-lease':
      return giveLeftLeaseBack(ports, finding);
    case 'unheard-alarm':
      return answerUnheard(ports, finding);
    case 'drift':
      return tellDrift(ports, finding, call);
  }
};

export const handler = lambda(repair, {
  backups: dynamoBackups,
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  machines: sfnLostMachines,
  outbox: dynamoOutbox,
  releases: dynamoReleases,
  runs: sfnRuns,
  signals: cloudwatchSignals,
  traffic: albTraffic,
  clock: systemClock,
});
