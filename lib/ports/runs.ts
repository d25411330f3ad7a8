import type { RunState } from '../contracts/run.ts';

/** Whose runs may leave something behind when they are cut off. */
export type AskedMachine = 'deployment' | 'rollback' | 'backup' | 'failover' | 'remediation' | 'escalation';

export interface Runs {
  /** How the run of that name stands; undefined when there never was one, or nobody knows of it any more. */
  find(machine: AskedMachine, name: string): Promise<RunState | undefined>;
}
