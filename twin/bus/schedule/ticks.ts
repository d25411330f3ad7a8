import type { Database } from '../store/database.ts';

/** When a schedule is due next. `anchorMs`: when it was due, or made, before. */
export interface Tick {
  readonly id: string;
  readonly expression: string;
  readonly anchorMs: number;
  readonly dueMs: number | undefined;
}

export class Ticks {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): Tick[] {
    return this.#database.all('SELECT * FROM ticks').map((row) => ({
      id: String(row.id),
      expression: String(row.expression),
      anchorMs: Number(row.anchor_ms),
      dueMs: typeof row.due_ms === 'number' ? row.due_ms : undefined,
    }));
  }

  put({ id, expression, anchorMs, dueMs }: Tick): void {
    this.#database.run('INSERT OR REPLACE INTO ticks VALUES (?, ?, ?, ?)', id, expression, anchorMs, dueMs ?? null);
  }

  drop(id: string): void {
    this.#database.run('DELETE FROM ticks WHERE id = ?', id);
  }
}
