import { DescribeExecutionCommand, ExecutionDoesNotExist, type ExecutionStatus } from '@aws-sdk/client-sfn';
import type { RunState } from '../../contracts/run.ts';
import type { AskedMachine, Runs } from '../../ports/runs.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { machineArn, runOf, settingOf } from './arns.ts';
import { stepFunctionsClient } from './client.ts';

/** One that may be taken up again has not ended. */
const statusOf = (status: ExecutionStatus | undefined): RunState['status'] =>
  status === undefined || status === 'PENDING_REDRIVE' ? 'RUNNING' : status;

const runsAt = (arnOf: (machine: AskedMachine) => string): Runs => ({
  find: (machine, name) =>
    calling('Step Functions', async () => {
      const executionArn = runOf(arnOf(machine), name);
      try {
        const { status, input = null } = await stepFunctionsClient().send(
          new DescribeExecutionCommand({ executionArn }),
        );
        return { executionArn, name, status: statusOf(status), input };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    }),
});

export const sfnRuns = adapter(
  {
    DEPLOYMENT_MACHINE_ARN: machineArn,
    ROLLBACK_MACHINE_ARN: machineArn,
    BACKUP_MACHINE_ARN: machineArn,
    FAILOVER_MACHINE_ARN: machineArn,
    REMEDIATION_MACHINE_ARN: machineArn,
    ESCALATION_MACHINE_ARN: machineArn,
  },
  (settings) => runsAt((machine) => settings[settingOf[machine]]),
);
