import type { DatabaseName, InstanceId } from '../../lib/contracts/database.ts';
import type { ServiceName } from '../../lib/contracts/names.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { Users } from '../traffic/users.ts';
import type { TwinControl } from '../twin/twin-control.ts';

/** What every act of the tour has at hand: a running twin, a service that people use, and somebody who listens. */
export type Stage = {
  service: ServiceName;
  /** A database that is backed up and drilled, and how old a copy of it may be. */
  database: { name: DatabaseName; instance: InstanceId; rpoSeconds: number };
  stateDir: string;
  /** What users open. A sample image always answers its health check well, so they do not open that. */
  url: string;
  users: Users;
  twin: TwinControl;
  /** Opened anew for each use, because an act may end the process behind it. */
  plane(): Promise<ControlPlane>;
  /** A sentence for a person. */
  tell(text: string): void;
  signal: AbortSignal;
};

/** What an act saw. `problems`: what should have been true and was not; none means that the act is ok. */
export type Seen = { problems: string[]; facts: Record<string, unknown> };

export type Act = {
  name: string;
  title: string;
  /** Begun with the tour, and waited for when its turn comes: what takes long by itself need not be watched. */
  ahead?: boolean;
  run(stage: Stage): Promise<Seen>;
};
