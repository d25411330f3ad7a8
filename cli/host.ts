import type { AlarmTransition } from '../lib/contracts/events.ts';
import type { ControlPlane } from './control-plane/control-plane.ts';
import type { Environment } from './output/style.ts';
import type { Stream } from './output/terminal.ts';
import type { TwinControl } from './twin/twin-control.ts';

export type PlaneKind = 'twin' | 'aws';
export type PlaneChoice = { target: PlaneKind; state: string };

/** Errors: those of Node, as they come. */
export type Files = {
  read(path: string): Promise<Uint8Array>;
  write(path: string, text: string): Promise<void>;
};

/** The machine that the command line runs on. Commands touch it through this alone, so tests can be it. */
export interface Host {
  readonly out: Stream;
  readonly err: Stream;
  readonly environment: Environment;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** The name of the person at the keyboard. */
  user(): string;
  /** Errors: `ConfigInvalid` with all missing settings, `DependencyUnavailable` when no twin runs. */
  openPlane(choice: PlaneChoice): Promise<ControlPlane>;
  /** Changes of all alarms of the account that CloudWatch still has, of so many days at most, oldest first. */
  alarmHistory(days: number): Promise<AlarmTransition[]>;
  twin(stateDir: string): Promise<TwinControl>;
  readonly files: Files;
}
