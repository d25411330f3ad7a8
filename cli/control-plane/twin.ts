import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientDefaults } from '../../lib/adapters/aws/client-defaults.ts';
import { DependencyUnavailable } from '../../lib/contracts/failures.ts';
import type { ServiceName } from '../../lib/contracts/names.ts';
import type { MachineName } from '../../lib/ports/machines.ts';
import { openLivePorts, pushSamples, type SampleName, samples } from '../../twin/live/index.ts';
import { runningTwin, type TwinFile } from '../../twin/server/index.ts';
import { twinCatalogs } from '../twin/catalog.ts';
import { describeSample } from '../twin/describe-sample.ts';
import type { ControlPlane, SampleImage } from './control-plane.ts';
import { eventBridgeEvents } from './events.ts';
import { type MachineArns, stepFunctionsRuns } from './runs.ts';

/** The twin takes any; the SDK refuses to send without. */
const credentials = { accessKeyId: 'twin', secretAccessKey: 'twin' };
const busName = 'default';

/** Over the twin that runs in the folder. Errors: `DependencyUnavailable` when none does. */
export const twinPlane = async (stateDir: string): Promise<ControlPlane> => {
  const server = await runningTwin(stateDir);
  if (!server)
    throw new DependencyUnavailable(`twin: none runs in ${stateDir}; start it with: evenkeel up`, { stateDir });
  return {
    kind: 'twin',
    ports: { ...openLivePorts(stateDir).ports, catalogs: twinCatalogs },
    ...clientsOf(server),
    samples: (service) => samplesOf(stateDir, service),
  };
};

/** The wire protocols of AWS on loopback: the same clients as for an account. */
const clientsOf = ({ endpoint, region, machines }: TwinFile): Pick<ControlPlane, 'events' | 'runs'> => {
  const settings = { ...clientDefaults, endpoint, region, credentials };
  return {
    events: eventBridgeEvents(new EventBridgeClient(settings), busName),
    runs: stepFunctionsRuns(new SFNClient(settings), named(machines)),
  };
};

const known: readonly MachineName[] = [
  'deployment',
  'rollback',
  'backup',
  'restore-test',
  'failover',
  'certificate-check',
  'remediation',
  'escalation',
];

const named = (machines: TwinFile['machines']): MachineArns =>
  Object.fromEntries(known.flatMap((name) => (machines[name] ? [[name, machines[name]]] : [])));

/** Pushing is how their digests are known; what is there already stays as it is. */
const samplesOf = async (stateDir: string, service: ServiceName): Promise<SampleImage[]> => {
  const digests = Object.entries(await pushSamples(stateDir, service)) as [SampleName, string][];
  return digests.map(([name, digest]) => ({ name, digest, does: describeSample(samples[name]) }));
};
