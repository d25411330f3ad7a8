import type { RunState } from '../../../lib/contracts/run.ts';
import type { AskedMachine, Runs } from '../../../lib/ports/runs.ts';
import { ApiError, type Engine } from '../../engine/index.ts';

/** Asks an engine that comes after the ports: its functions need them. */
export const modelRuns = (engine: () => Engine, arnOf: (machine: AskedMachine) => string): Runs => ({
  async find(machine, name) {
    const executionArn = `${arnOf(machine).replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const { status, input } = await engine().describeExecution(executionArn);
      return { executionArn, name, status: status as RunState['status'], input };
    } catch (error) {
      if (error instanceof ApiError && error.name === 'ExecutionDoesNotExist') return undefined;
      throw error;
    }
  },
});
