import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as v from 'valibot';
import type { RunId } from '../../contracts/names.ts';
import type { MachineName, Machines } from '../../ports/machines.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { calling } from '../aws/failures.ts';
import { stepFunctionsClient } from './client.ts';

const machineArn = v.pipe(
  setting,
  v.regex(/^arn:[\w-]+:states:[^:]+:\d+:stateMachine:[^:]+$/, 'expected the ARN of a state machine'),
);

const machinesAt = <Startable extends MachineName>(arnOf: (machine: Startable) => string): Machines<Startable> => ({
  start: (machine, name, input) =>
    calling('Step Functions', async () => {
      const stateMachineArn = arnOf(machine);
      try {
        const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
        const { executionArn } = await stepFunctionsClient().send(command);
        return { run: executionArn ?? runOf(stateMachineArn, name), started: true };
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return { run: runOf(stateMachineArn, name), started: false };
        throw error;
      }
    }),
});

/** Step Functions makes an execution's ARN of its machine's ARN and its name. */
const runOf = (stateMachineArn: string, name: string): RunId =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

const settingOf = {
  deployment: 'DEPLOYMENT_MACHINE_ARN',
  rollback: 'ROLLBACK_MACHINE_ARN',
  backup: 'BACKUP_MACHINE_ARN',
  'restore-test': 'RESTORE_TEST_MACHINE_ARN',
  failover: 'FAILOVER_MACHINE_ARN',
  'certificate-check': 'CERTIFICATE_CHECK_MACHINE_ARN',
  remediation: 'REMEDIATION_MACHINE_ARN',
  escalation: 'ESCALATION_MACHINE_ARN',
} as const satisfies Record<MachineName, string>;

export const sfnMachines = adapter(
  {
    DEPLOYMENT_MACHINE_ARN: machineArn,
    ROLLBACK_MACHINE_ARN: machineArn,
    BACKUP_MACHINE_ARN: machineArn,
    RESTORE_TEST_MACHINE_ARN: machineArn,
    FAILOVER_MACHINE_ARN: machineArn,
    CERTIFICATE_CHECK_MACHINE_ARN: machineArn,
    REMEDIATION_MACHINE_ARN: machineArn,
    ESCALATION_MACHINE_ARN: machineArn,
  },
  (settings) => machinesAt((machine) => settings[settingOf[machine]]),
);

/** For playbooks: their own machine is none of these, and whoever it calls may not refer to it. */
export const sfnRemedyMachines = adapter(
  { ROLLBACK_MACHINE_ARN: machineArn, RESTORE_TEST_MACHINE_ARN: machineArn },
  (settings) => machinesAt((machine: 'rollback' | 'restore-test') => settings[settingOf[machine]]),
);

/** For whoever gives an incident to people. */
export const sfnEscalation = adapter({ ESCALATION_MACHINE_ARN: machineArn }, ({ ESCALATION_MACHINE_ARN }) =>
  machinesAt((_: 'escalation') => ESCALATION_MACHINE_ARN),
);
