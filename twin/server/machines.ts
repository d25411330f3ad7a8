import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { MachineRefused } from '../../lib/contracts/failures.ts';
import type { MachineName, Machines } from '../../lib/ports/machines.ts';
import { ApiError, type Engine } from '../engine/index.ts';
import type { Wiring } from '../wiring/index.ts';

type Machine = Wiring['machines'][number];

/**
 * Makes the engine's machines those of serverless.yml. Runs that go on keep the definition they began with.
 * Errors: one `MachineRefused` with the problems of every machine that is refused.
 */
export const deployMachines = async (engine: Engine, { machines }: Wiring): Promise<void> => {
  const known = new Set((await engine.listStateMachines()).map(({ stateMachineArn }) => stateMachineArn));
  const problems: string[] = [];
  for (const machine of machines) {
    const refusal = await refusalOf(() => deployMachine(engine, machine, known.has(machine.arn)));
    if (refusal) problems.push(`${machine.key}: ${refusal.message}`);
  }
  if (problems.length > 0) throw new MachineRefused(problems.join('\n'), { problems });
};

const deployMachine = async (engine: Engine, { name, arn, definition }: Machine, known: boolean): Promise<void> => {
  if (!known) await engine.createStateMachine(name, definition);
  else if ((await engine.describeStateMachine(arn)).definition !== JSON.stringify(definition)) {
    await engine.updateStateMachine(arn, definition);
  }
};

const refusalOf = async (deploy: () => Promise<void>): Promise<ApiError | undefined> => {
  try {
    await deploy();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError && error.name === 'InvalidDefinition') return error;
    throw error;
  }
};

/** Where every AWS client in this process goes; no real account can be reached by mistake. */
export const pointClientsAt = (endpoint: string, region: string): void => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'twin',
    AWS_SECRET_ACCESS_KEY: 'twin',
  });
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
};

/** The adapter that runs on AWS, over the real client. */
export const machinesPort = ({ machines }: Wiring): Machines => {
  const arnOf = (name: MachineName): string => {
    const machine = machines.find(({ key }) => key === name);
    if (!machine) throw new Error(`serverless.yml has no machine "${name}"`);
    return machine.arn;
  };
  return sfnMachines.create({
    DEPLOYMENT_MACHINE_ARN: arnOf('deployment'),
    ROLLBACK_MACHINE_ARN: arnOf('rollback'),
    BACKUP_MACHINE_ARN: arnOf('backup'),
    RESTORE_TEST_MACHINE_ARN: arnOf('restore-test'),
    FAILOVER_MACHINE_ARN: arnOf('failover'),
    CERTIFICATE_CHECK_MACHINE_ARN: arnOf('certificate-check'),
    REMEDIATION_MACHINE_ARN: arnOf('remediation'),
    ESCALATION_MACHINE_ARN: arnOf('escalation'),
  });
};
