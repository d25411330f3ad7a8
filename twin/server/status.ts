import type { Bus, DeadLetter } from '../bus/index.ts';
import type { Engine } from '../engine/index.ts';
import { type LiveAccess, type WorldStatus, worldStatus } from '../live/index.ts';
import type { Wiring } from '../wiring/index.ts';

/** What `/status` answers. */
export interface TwinStatus {
  readonly pid: number;
  readonly world: WorldStatus;
  /** ARNs of the runs that go on, by machine. */
  readonly running: Readonly<Record<string, string[]>>;
  readonly events: { readonly waiting: number; readonly deadLetters: readonly DeadLetter[] };
  readonly alarms: ReturnType<LiveAccess['alarms']['all']>;
}

type Parts = { stateDir: string; wiring: Wiring; engine: Engine; bus: Bus; access: LiveAccess };

export const twinStatus = async ({ stateDir, wiring, engine, bus, access }: Parts): Promise<TwinStatus> => {
  const runningOf = async ({ key, arn }: Wiring['machines'][number]) => {
    const { executions } = await engine.listExecutions({ stateMachineArn: arn, statusFilter: 'RUNNING' });
    return [key, executions.map(({ executionArn }) => executionArn)] as const;
  };
  return {
    pid: process.pid,
    world: await worldStatus(stateDir),
    running: Object.fromEntries(await Promise.all(wiring.machines.map(runningOf))),
    events: { waiting: bus.waiting(), deadLetters: bus.deadLetters() },
    alarms: access.alarms.all(),
  };
};
