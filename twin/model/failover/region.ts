import type { Witness } from '../../../lib/contracts/failover.ts';
import type { Database } from '../../../lib/contracts/recovery-policy.ts';

/** How long a promotion takes until the first write is taken. */
const promotionMs = 4000;

export const witnessNames = ['health-check', 'load-balancer', 'addresses'] as const;

/**
 * The two regions of one database: what answers in the old one, and who takes writes. A story loses the old one, or its front
 * alone, or lets a witness lie.
 */
export class Region {
  readonly old: string;
  readonly replica: string;
  /** Load balancers and pods of the old region. */
  front: 'up' | 'down' = 'up';
  /** The old region's database, and whoever runs it. */
  database: 'up' | 'down' = 'up';
  fenced = false;
  /** People have gone back to the old region. */
  rebuilt = false;
  /** What the second region was told last by this one. */
  heard: number | undefined;
  readonly lies = new Map<string, Witness['saw']>();
  readonly #now: () => number;
  #writableAtMs: number | undefined;
  #lostAtMs: number | undefined;

  constructor({ instance, failover }: Database, now: () => number) {
    this.old = instance;
    this.replica = failover?.replica ?? '';
    this.#now = now;
  }

  lose(): void {
    this.front = 'down';
    this.database = 'down';
    this.#lostAtMs = this.#now();
  }

  comeBack(): void {
    this.front = 'up';
    this.database = 'up';
  }

  /** As it was before anything happened: people went back to the old region, and made a new replica. */
  rebuild(): void {
    this.rebuilt = true;
    this.comeBack();
    this.fenced = false;
    this.lies.clear();
    this.#writableAtMs = undefined;
    this.#lostAtMs = undefined;
  }

  get lostAtMs(): number | undefined {
    return this.#lostAtMs;
  }

  fence(): 'fenced' | 'unreachable' {
    if (this.database === 'down') return 'unreachable';
    this.fenced = true;
    return 'fenced';
  }

  promote(): void {
    this.#writableAtMs ??= this.#now() + promotionMs;
  }

  /** From the moment it was asked for it follows nothing any more. */
  promoted(): boolean {
    return this.#writableAtMs !== undefined;
  }

  replicaWrites(): boolean {
    return this.#writableAtMs !== undefined && this.#now() >= this.#writableAtMs;
  }

  oldWrites(): boolean {
    return this.database === 'up' && !this.fenced;
  }
}
