import type { DrillMark, Instance, Snapshot } from '../../../lib/contracts/database.ts';
import { fromMs } from '../../../lib/contracts/instant.ts';
import type { Content } from './content.ts';

/** A database server: when it becomes ready or fails, and when it is gone. */
export interface Server {
  readonly id: string;
  readonly createdMs: number;
  readonly readyMs: number;
  /** Why it never starts. */
  readonly problem?: string;
  /** Its removal has begun, and is over then. */
  readonly goneMs?: number;
  readonly sizeClass: string;
  readonly reach: Instance['reach'];
  readonly mark?: DrillMark;
  /** How long a log is kept from which a moment can be restored: 0 for none. */
  readonly backupRetentionDays: number;
  readonly at: (ms: number) => Content;
}

/** The content it was taken with stays, whatever becomes of the server. */
export interface StoredSnapshot {
  readonly id: string;
  readonly of: string;
  readonly backup?: string;
  readonly takenMs: number;
  readonly readyMs: number;
  readonly content: Content;
}

/** The log is shipped once a minute; so far behind is what can be restored. */
const shippedMs = 60_000;
const dayMs = 86_400_000;
const storageGib = 20;

export const isGone = ({ goneMs }: Server, nowMs: number): boolean => goneMs !== undefined && nowMs >= goneMs;

const statusOf = ({ readyMs, problem, goneMs }: Server, nowMs: number): Instance['status'] => {
  if (goneMs !== undefined) return 'removing';
  if (nowMs < readyMs) return 'creating';
  return problem ? 'failed' : 'available';
};

/** From when to when a moment can be restored. */
export const spanOf = ({ backupRetentionDays, createdMs }: Server, nowMs: number) => {
  if (backupRetentionDays === 0) return undefined;
  const toMs = Math.floor(nowMs / shippedMs) * shippedMs;
  return { fromMs: Math.max(createdMs, nowMs - backupRetentionDays * dayMs), toMs };
};

export const instanceOf = (server: Server, nowMs: number): Instance => {
  const { id, createdMs, problem, sizeClass, reach, mark, backupRetentionDays } = server;
  const status = statusOf(server, nowMs);
  const span = spanOf(server, nowMs);
  return {
    id,
    status,
    ...(status === 'failed' && problem && { statusReason: problem }),
    engineVersion: '18.4',
    sizeClass,
    storageGib,
    createdAt: fromMs(createdMs),
    ...(status === 'available' && { endpoint: { host: `${id}.model`, port: 5432 } }),
    reach,
    backupRetentionDays,
    deletionProtection: mark === undefined,
    encrypted: true,
    ...(span && { restorable: { from: fromMs(span.fromMs), to: fromMs(span.toMs) } }),
    ...(mark && { mark }),
  };
};

export const snapshotOf = ({ id, of, backup, takenMs, readyMs }: StoredSnapshot, nowMs: number): Snapshot => {
  const ready = nowMs >= readyMs;
  return {
    id,
    of,
    status: ready ? 'available' : 'creating',
    ...(ready && { takenAt: fromMs(takenMs) }),
    storageGib,
    encrypted: true,
    engineVersion: '18.4',
    ...(backup !== undefined && { backup }),
  };
};
