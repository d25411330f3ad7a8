import type { DatabaseSync } from 'node:sqlite';
import type * as v from 'valibot';
import { AlarmChange, resourceKeyOf } from '../../../lib/contracts/alarm.ts';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import { Attempt, Breaker, Incident } from '../../../lib/contracts/incident.ts';
import type { Incidents } from '../../../lib/ports/remediation.ts';
import { bodyOf } from './body.ts';
import type { Store } from './database.ts';

const most = 1000;
/** As long as the table of an account keeps them; a few at each write, so that none is slow. A clock that is ahead drops nothing early. */
const dropOldChanges = `DELETE FROM alarm_changes WHERE rowid IN (
  SELECT rowid FROM alarm_changes
  WHERE at < strftime('%Y-%m-%dT%H:%M:%fZ', min(julianday(?), julianday('now')) - 100) ORDER BY at LIMIT 100)`;
type Kind = 'incidents' | 'attempts' | 'breakers';
const keys = { incidents: 'id', attempts: 'id', breakers: 'resource' } as const;

const found = <T>(database: DatabaseSync, kind: Kind, id: string, schema: v.GenericSchema<unknown, T>) => {
  const row = database.prepare(`SELECT body FROM ${kind} WHERE ${keys[kind]} = ?`).get(id);
  return row && bodyOf(kind, row, schema);
};

const known = <T>(database: DatabaseSync, kind: Kind, id: string, schema: v.GenericSchema<unknown, T>): T => {
  const one = found(database, kind, id, schema);
  if (one === undefined) throw new RecordCorrupt(`${kind}: "${id}" was never kept`, { id });
  return one;
};

export const storedIncidents = (store: Store): Incidents => ({
  open: async (incident) =>
    store.write((database) => {
      database
        .prepare('INSERT OR IGNORE INTO incidents VALUES (?, ?, ?, ?)')
        .run(incident.id, incident.openedAt, incident.endedAt ?? null, JSON.stringify(incident));
      return known(database, 'incidents', incident.id, Incident);
    }),
  change: async (id, change) =>
    store.write((database) => {
      const incident = known(database, 'incidents', id, Incident);
      if (incident.endedAt !== undefined) return;
      const body = JSON.stringify({ ...incident, ...change } satisfies Incident);
      database
        .prepare('UPDATE incidents SET ended_at = ?, body = ? WHERE id = ?')
        .run(change.endedAt ?? null, body, id);
    }),
  acknowledge: async (id, acknowledgedBy, acknowledgedAt) =>
    store.write((database) => {
      const incident = known(database, 'incidents', id, Incident);
      if (incident.acknowledgedAt !== undefined) return incident;
      const acknowledged: Incident = { ...incident, acknowledgedBy, acknowledgedAt };
      database.prepare('UPDATE incidents SET body = ? WHERE id = ?').run(JSON.stringify(acknowledged), id);
      return acknowledged;
    }),
  recent: async (since) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM incidents WHERE opened_at >= ? ORDER BY opened_at DESC, id DESC LIMIT ?')
        .all(since, most)
        .map((row) => bodyOf('incidents', row, Incident)),
    ),
  find: async (id) => store.read((database) => found(database, 'incidents', id, Incident)),
  unended: async (limit) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM incidents WHERE ended_at IS NULL ORDER BY opened_at, id LIMIT ?')
        .all(limit)
        .map((row) => bodyOf('incidents', row, Incident)),
    ),
  attempt: async (attempt) =>
    store.write((database) => {
      database
        .prepare('INSERT OR IGNORE INTO attempts VALUES (?, ?, ?)')
        .run(attempt.id, attempt.at, JSON.stringify(attempt));
      return known(database, 'attempts', attempt.id, Attempt);
    }),
  endAttempt: async (id, end) =>
    store.write((database) => {
      const attempt = known(database, 'attempts', id, Attempt);
      if (attempt.help !== undefined) return;
      database.prepare('UPDATE attempts SET body = ? WHERE id = ?').run(JSON.stringify({ ...attempt, ...end }), id);
    }),
  attempts: async (since) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM attempts WHERE at >= ? ORDER BY at DESC, id DESC LIMIT ?')
        .all(since, most)
        .map((row) => bodyOf('attempts', row, Attempt)),
    ),
  keepChange: async (change) =>
    store.write((database) => {
      const id = [change.state, change.source, resourceKeyOf(change.resource)].join('#');
      database.prepare(dropOldChanges).run(change.at);
      database
        .prepare('INSERT OR IGNORE INTO alarm_changes VALUES (?, ?, ?, ?)')
        .run(change.name, change.at, id, JSON.stringify(change));
    }),
  changes: async (name, since) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM alarm_changes WHERE name = ? AND at >= ? ORDER BY at DESC, id DESC LIMIT ?')
        .all(name, since, most)
        .map((row) => bodyOf('alarm_changes', row, AlarmChange)),
    ),
  breaker: async (resource) => store.read((database) => found(database, 'breakers', resource, Breaker)),
  openBreaker: async (breaker) =>
    store.write((database) => {
      const statement = database.prepare('INSERT OR IGNORE INTO breakers VALUES (?, ?)');
      statement.run(breaker.resource, JSON.stringify(breaker));
    }),
  closeBreaker: async (resource) =>
    store.write((database) => {
      database.prepare('DELETE FROM breakers WHERE resource = ?').run(resource);
    }),
});
