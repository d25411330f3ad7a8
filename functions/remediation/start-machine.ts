import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnRemedyMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import { type DrillRequest, drillIdOf } from '../../lib/contracts/drill.ts';
import { ActionImpossible, NothingLive } from '../../lib/contracts/failures.ts';
import { Attempt } from '../../lib/contracts/incident.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { Acted, remedyInput } from '../../lib/contracts/remedy.ts';
import { requestIdOf } from '../../lib/domain/remediation/request-id.ts';
import { undoOrder } from '../../lib/domain/remediation/undo-order.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Machines } from '../../lib/ports/machines.ts';
import { type Act, actUnderLease } from '../../lib/runtime/act-under-lease.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type StartNeeds = Needs<'releases' | 'catalogs' | 'leases' | 'ledger' | 'clock'> & {
  machines: Machines<'rollback' | 'restore-test'>;
};

/** How many releases back one that is on its way, or was undone, may be. */
const lookBack = 20;

/** Starts a run of another machine, under a name made from the attempt: tried again, it is the same run. */
export const startMachine = step({
  name: 'StartMachine',
  input: v.object({ ...remedyInput, attempt: Attempt }),
  output: Acted,
  run: (ports: StartNeeds, input, call) => actUnderLease(ports, startFor(ports, input.wish.change), input, call),
});

const startFor =
  (ports: StartNeeds, change: AlarmChange): Act =>
  async (attempt) => {
    const { act } = attempt;
    if (act.kind === 'undo-release') return undo(ports, change, attempt, act.service);
    if (act.kind === 'run-restore-test') return drill(ports, attempt, act.database);
    throw new ActionImpossible(`${act.kind} starts no machine`, { act });
  };

const undo = async (ports: StartNeeds, { name, at }: AlarmChange, attempt: Attempt, service?: string) => {
  const { act, incident } = attempt;
  if (service === undefined) throw new ActionImpossible('undo-release: the alarm is about no service', { act });
  const live = await ports.releases.live(service);
  if (!live) throw new NothingLive(service);
  const recent = await ports.releases.recent(service, lookBack);
  const holder = (await ports.leases.current(leaseOf(service)))?.holder;
  const why = `alarm ${name} fired (${incident})`;
  const { says, run } = undoOrder({ service, attempt, firedAt: at, why, live, recent, holder });
  if (run) await ports.machines.start('rollback', run.name, run.input);
  return { did: says };
};

/** The playbook names a database as the catalog does; an alarm names its instance. */
const drill = async ({ catalogs, machines }: StartNeeds, { id, act }: Attempt, wanted = '') => {
  const { databases } = await catalogs.current();
  const database = databases.find(({ name }) => name === wanted) ?? databases.find((one) => one.instance === wanted);
  if (!database) throw new ActionImpossible(`run-restore-test: the catalog has no database "${wanted}"`, { act });
  const requestId = requestIdOf({ id });
  const wish: DrillRequest = {
    database: database.name,
    choose: { kind: 'newest' },
    requestedBy: 'evenkeel',
    requestId,
  };
  const name = drillIdOf(database.name, requestId);
  await machines.start('restore-test', name, wish);
  return { did: `started the restore test ${name}` };
};

export const handler = lambda(startMachine, {
  releases: dynamoReleases,
  catalogs: bundledCatalogs,
  leases: dynamoLeases,
  machines: sfnRemedyMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
