import type { InstanceId } from '../../../lib/contracts/database.ts';
import type { Database } from '../../../lib/contracts/recovery-policy.ts';
import type { Extension } from '../../../lib/domain/remediation/extended-storage.ts';

/** A session that others wait for. `behind`: whom it waits for itself. */
export interface Blocking {
  readonly name: string;
  readonly waitedSeconds: number;
  readonly behind?: string;
}

/** One server as far as acts on it go. */
export class ModelServer {
  storageGib = 100;
  standby = true;
  /** It takes no writes any more, and is not going to. */
  failed = false;
  restartedMs: number | undefined;
  blocking: readonly Blocking[] = [];
  /** The last growth, by the stamp that asked for it. */
  growth: (Extension & { stamp: string }) | undefined;
  /** Of a copy: which server it follows. */
  follows: InstanceId | undefined;

  constructor(follows?: InstanceId) {
    this.follows = follows;
  }
}

/** Servers and caches as acts of remediation find them. A test or a story sets what is wrong with them. */
export class DataTier {
  readonly servers: ReadonlyMap<InstanceId, ModelServer>;
  /** By name: when it last failed over, in milliseconds. */
  readonly caches = new Map<string, number>();

  constructor(databases: readonly Pick<Database, 'instance' | 'failover'>[]) {
    this.servers = new Map(
      databases.flatMap(({ instance, failover }) => [
        [instance, new ModelServer()],
        ...(failover ? [[failover.replica, new ModelServer(instance)] as const] : []),
      ]),
    );
  }
}
