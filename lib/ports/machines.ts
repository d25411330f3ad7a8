import type { RunId } from '../contracts/names.ts';

export type MachineName =
  | 'deployment'
  | 'rollback'
  | 'backup'
  | 'restore-test'
  | 'failover'
  | 'certificate-check'
  | 'remediation'
  | 'escalation';

export interface Machines<Startable extends MachineName = MachineName> {
  /**
   * Starts a run under a deterministic name. A name that is or was in use starts nothing and says so (`started: false`):
   * that is how a duplicate event becomes one effect. Only the very same start, while its run goes on, may say `true`
   * twice: Step Functions takes it for one start.
   */
  start(machine: Startable, name: string, input: unknown): Promise<{ run: RunId; started: boolean }>;
}
