import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { calling } from '../../lib/adapters/aws/failures.ts';
import type { RunId } from '../../lib/contracts/names.ts';
import type { MachineName } from '../../lib/ports/machines.ts';
import type { Run, Runs } from './control-plane.ts';

/** The state entered last is among the newest few events of a run that is not inside a long map. */
const newestEvents = 30;

export type MachineArns = Readonly<Partial<Record<MachineName, string>>>;

/** `machineArns`: the machines whose runs have names that people know. */
export const stepFunctionsRuns = (client: SFNClient, machineArns: MachineArns): Runs => {
  const stateOf = async (executionArn: RunId): Promise<string | undefined> => {
    const command = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: newestEvents });
    const { events = [] } = await client.send(command);
    return events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails)?.stateEnteredEventDetails?.name;
  };

  const describe = async (executionArn: RunId): Promise<Run | undefined> => {
    try {
      const { status = 'RUNNING' } = await client.send(new DescribeExecutionCommand({ executionArn }));
      const state = await stateOf(executionArn);
      return { run: executionArn, status, ...(state !== undefined && { state }) };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  };

  return {
    find: (name, machine) =>
      calling('Step Functions', async () => {
        const arns = Object.entries(machineArns).filter(([key]) => machine === undefined || key === machine);
        const found = await Promise.all(arns.map(([, arn]) => describe(executionArn(arn, name))));
        return found.find((run) => run !== undefined);
      }),
    stop: (run, cause) =>
      calling('Step Functions', async () => {
        await client.send(new StopExecutionCommand({ executionArn: run, cause }));
      }),
  };
};

/** Step Functions makes an execution's ARN of its machine's ARN and its name. */
const executionArn = (machineArn: string, name: string): RunId =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
