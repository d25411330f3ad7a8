import { createHash } from 'node:crypto';
import type { BackupId } from '../../../lib/contracts/backup.ts';
import type { CompleteExport, ExportKind } from '../../../lib/contracts/export.ts';
import { fromMs } from '../../../lib/contracts/instant.ts';
import type { Random } from '../random.ts';

/** Seconds that making one takes: the least, and how far it varies. */
const takes = { least: 15, spread: 20 };
const bytes = { dump: 2_000_000, configuration: 20_000 };

/** One that is being made; what it leaves lies in its place from `readyMs` on. */
type Making = {
  readonly kind: ExportKind;
  readonly backup: BackupId;
  readonly readyMs: number;
  readonly problem?: string;
};

const keyOf = (kind: ExportKind, backup: BackupId): string => `${kind}/${backup}`;

/** What makes exports, and what lies where they are kept. */
export class StoredExports {
  /** Why those that are begun from now on come to nothing. */
  problem?: string;
  readonly #making = new Map<string, Making>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor({ now, random }: { now: () => number; random: Random }) {
    this.#now = now;
    this.#random = random;
  }

  begin(kind: ExportKind, backup: BackupId): void {
    const readyMs = this.#now() + Math.round((takes.least + takes.spread * this.#random()) * 1000);
    const { problem } = this;
    this.#making.set(keyOf(kind, backup), { kind, backup, readyMs, ...(problem !== undefined && { problem }) });
  }

  /** One that was made before the story begins. */
  keep(kind: ExportKind, backup: BackupId, readyMs: number): void {
    this.#making.set(keyOf(kind, backup), { kind, backup, readyMs });
  }

  find(kind: ExportKind, backup: BackupId): Making | undefined {
    return this.#making.get(keyOf(kind, backup));
  }

  /** What lies there now. */
  stored(kind: ExportKind, backup: BackupId): CompleteExport | undefined {
    const made = this.find(kind, backup);
    if (!made || made.problem !== undefined || this.#now() < made.readyMs) return undefined;
    const where = keyOf(kind, backup);
    const sha256 = createHash('sha256').update(where).digest('hex');
    return { status: 'complete', bytes: bytes[kind], sha256, where, finishedAt: fromMs(made.readyMs) };
  }

  remove(kind: ExportKind, backup: BackupId): void {
    this.#making.delete(keyOf(kind, backup));
  }
}
