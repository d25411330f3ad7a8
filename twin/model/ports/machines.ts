import type { MachineName, Machines } from '../../../lib/ports/machines.ts';
import { ApiError, type Engine } from '../../engine/index.ts';

/** Starts on an engine that comes after the ports: its functions need them. */
export const modelMachines = (engine: () => Engine, arnOf: (machine: MachineName) => string): Machines => ({
  async start(machine, name, input) {
    const stateMachineArn = arnOf(machine);
    const run = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    if (await exists(engine(), run)) return { run, started: false };
    await engine().startExecution({ stateMachineArn, name, input: JSON.stringify(input) });
    return { run, started: true };
  },
});

const exists = async (engine: Engine, run: string): Promise<boolean> => {
  try {
    await engine.describeExecution(run);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.name === 'ExecutionDoesNotExist') return false;
    throw error;
  }
};
