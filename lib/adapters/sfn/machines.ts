import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { MachineName, Machines } from '../../ports/machines.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { machineArn, runOf, settingOf } from './arns.ts';
import { stepFunctionsClient } from './client.ts';

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

export const sfnMachines = adapter(
  {
    DEPLOYMENT_MACHINE_ARN: machineArn,
    ROLLBACK_MACHINE_ARN: machineArn,
    BACKUP_MACHINE_ARN: machineArn,
    RESTORE_TEST_MACHINE_ARN: machineArn,
    FAILOVER_MACHINE_ARN: machineArn,
    CERTIFICATE_CHECK_MACHINE_ARN: machineArn,
    REMEDIATION_MACHINE_ARN: machineArn,
    RECONCILE_MACHINE_ARN: machineArn,
    ESCALATION_MACHINE_ARN: machineArn,
  },
  (settings) => machinesAt((machine) => settings[settingOf[machine]]),
);

/** For whoever looks after lost events: their own machine is none of these, and whoever it calls may not refer to it. */
export const sfnLostMachines = adapter(
  { ROLLBACK_MACHINE_ARN: machineArn, REMEDIATION_MACHINE_ARN: machineArn, ESCALATION_MACHINE_ARN: machineArn },
  (settings) => machinesAt((machine: 'rollback' | 'remediation' | 'escalation') => settings[settingOf[machine]]),
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
