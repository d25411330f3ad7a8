import type { ServiceName } from '../../lib/contracts/names.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { Users } from '../traffic/users.ts';
import type { TwinControl } from '../twin/twin-control.ts';

/** What every act of the tour has at hand: a running twin, a service that people use, and somebody who listens. */
export type Stage = {
  service: ServiceName;
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
  run(stage: Stage): Promise<Seen>;
};
