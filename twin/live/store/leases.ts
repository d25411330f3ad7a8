import type { DatabaseSync } from 'node:sqlite';
import { ReleaseAlreadyRunning } from '../../../lib/contracts/failures.ts';
import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Lease } from '../../../lib/contracts/lease.ts';
import type { Leases } from '../../../lib/ports/leases.ts';
import type { Store } from './database.ts';

/** A row stays when its lease is given back: it keeps the last token, so the next one is always larger. */
export const storedLeases = (store: Store): Leases => ({
  take: async (resource, holder, until, now) =>
    store.write((database) => {
      const held = heldIn(database, resource);
      if (!held || held.until <= now) return grant(database, resource, holder, until);
      if (held.holder !== holder) throw new ReleaseAlreadyRunning(resource, held.holder, held.until);
      return held;
    }),
  takeOver: async (resource, holder, until) =>
    store.write((database) => {
      const held = heldIn(database, resource);
      return held?.holder === holder ? held : grant(database, resource, holder, until);
    }),
  current: async (resource) => store.read((database) => heldIn(database, resource)),
  release: async ({ resource, holder, token }) =>
    store.write((database) => {
      database
        .prepare('UPDATE leases SET holder = NULL, until = NULL WHERE resource = ? AND holder = ? AND token = ?')
        .run(resource, holder, token);
    }),
});

const heldIn = (database: DatabaseSync, resource: string): Lease | undefined => {
  const row = database.prepare('SELECT * FROM leases WHERE resource = ? AND holder IS NOT NULL').get(resource);
  return row && { resource, holder: String(row.holder), token: Number(row.token), until: String(row.until) };
};

const grant = (database: DatabaseSync, resource: string, holder: string, until: Instant): Lease => {
  const row = database
    .prepare(
      `INSERT INTO leases VALUES (?, 1, ?, ?)
       ON CONFLICT (resource) DO UPDATE SET token = token + 1, holder = excluded.holder, until = excluded.until
       RETURNING token`,
    )
    .get(resource, holder, until);
  return { resource, holder, token: Number(row?.token), until };
};
