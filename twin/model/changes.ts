/** One accepted write to something outside: what was written where, under which fencing token. */
export interface Change {
  readonly atMs: number;
  readonly resource: string;
  readonly token: number;
  readonly value: unknown;
}

/** All accepted writes in their order: the history of effects, which invariants are checked against. */
export class Changes {
  readonly list: Change[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(change: Omit<Change, 'atMs'>): void {
    this.list.push({ ...change, atMs: this.#now() });
  }
}
