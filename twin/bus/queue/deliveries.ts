import type { Database, Row } from '../store/database.ts';
import type { DeadLetter, Delivery } from './delivery.ts';

const alive = 'dead_ms IS NULL AND held = 0';

/** All that functions are owed. */
export class Deliveries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add({ target, payload }: Pick<Delivery, 'target' | 'payload'>, nowMs: number): void {
    const sql = 'INSERT INTO deliveries (target, payload, accepted_ms, due_ms) VALUES (?, ?, ?, ?)';
    this.#database.run(sql, target, JSON.stringify(payload), nowMs, nowMs);
  }

  /** Takes what is due, first come first served, for an attempt. */
  hold(nowMs: number, limit: number): Delivery[] {
    const due = `SELECT * FROM deliveries WHERE ${alive} AND due_ms <= ? ORDER BY due_ms, id LIMIT ?`;
    return this.#database.soon(() => {
      const rows = this.#database.all(due, nowMs, limit);
      for (const { id } of rows) this.#database.run('UPDATE deliveries SET held = 1 WHERE id = ?', Number(id));
      return rows.map(deliveryOf);
    });
  }

  /** Before anything is held by this process: what an earlier one held when it ended. */
  held(): Delivery[] {
    return this.#database.all('SELECT * FROM deliveries WHERE held = 1 ORDER BY id').map(deliveryOf);
  }

  forget(id: number): void {
    this.#database.soon(() => this.#database.run('DELETE FROM deliveries WHERE id = ?', id));
  }

  retry(id: number, { atMs, failures, faults }: { atMs: number; failures: number; faults: number }): void {
    const sql = 'UPDATE deliveries SET held = 0, due_ms = ?, failures = ?, faults = ? WHERE id = ?';
    this.#database.run(sql, atMs, failures, faults, id);
  }

  bury(id: number, nowMs: number, error: string): void {
    this.#database.run('UPDATE deliveries SET held = 0, dead_ms = ?, error = ? WHERE id = ?', nowMs, error, id);
  }

  /** As if they had just come; all of them when no ids are given. Answers how many. */
  revive(nowMs: number, ids?: readonly number[]): number {
    const sql = `UPDATE deliveries SET dead_ms = NULL, error = NULL, failures = 0, faults = 0, accepted_ms = ?1, due_ms = ?1
      WHERE dead_ms IS NOT NULL AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2)))`;
    return this.#database.run(sql, nowMs, ids ? JSON.stringify(ids) : null);
  }

  dead(): DeadLetter[] {
    return this.#database
      .all('SELECT * FROM deliveries WHERE dead_ms IS NOT NULL ORDER BY dead_ms, id')
      .map((row) => ({ ...deliveryOf(row), deadMs: Number(row.dead_ms), error: String(row.error) }));
  }

  nextDueMs(): number | undefined {
    const [row] = this.#database.all(`SELECT min(due_ms) AS ms FROM deliveries WHERE ${alive}`);
    return typeof row?.ms === 'number' ? row.ms : undefined;
  }

  /** `waiting` counts those being attempted too. */
  counts(): { waiting: number; dead: number } {
    const [row] = this.#database.all('SELECT count(*) AS all_rows, count(dead_ms) AS dead FROM deliveries');
    const dead = Number(row?.dead);
    return { waiting: Number(row?.all_rows) - dead, dead };
  }
}

const deliveryOf = (row: Row): Delivery => ({
  id: Number(row.id),
  target: String(row.target),
  payload: JSON.parse(String(row.payload)),
  acceptedMs: Number(row.accepted_ms),
  failures: Number(row.failures),
  faults: Number(row.faults),
});
