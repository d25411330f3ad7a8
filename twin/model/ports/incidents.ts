import { type AlarmChange, resourceKeyOf } from '../../../lib/contracts/alarm.ts';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import type { Attempt, Breaker, Incident } from '../../../lib/contracts/incident.ts';
import type { Incidents } from '../../../lib/ports/remediation.ts';

const most = 1000;

/** What became of alarms, by id; a change of an alarm by all that tells it from others. */
export interface IncidentRecords {
  readonly incidents: Map<string, Incident>;
  readonly attempts: Map<string, Attempt>;
  readonly changes: Map<string, AlarmChange>;
  readonly breakers: Map<string, Breaker>;
}

export const emptyIncidents = (): IncidentRecords => ({
  incidents: new Map(),
  attempts: new Map(),
  changes: new Map(),
  breakers: new Map(),
});

export const modelIncidents = ({ incidents, attempts, changes, breakers }: IncidentRecords): Incidents => ({
  open: async (incident) => keptIn(incidents, incident.id, incident),
  async change(id, change) {
    const incident = known(incidents, id);
    if (incident.endedAt === undefined) incidents.set(id, { ...incident, ...change });
  },
  async acknowledge(id, acknowledgedBy, acknowledgedAt) {
    const incident = known(incidents, id);
    const kept = incident.acknowledgedAt === undefined ? { ...incident, acknowledgedBy, acknowledgedAt } : incident;
    incidents.set(id, kept);
    return kept;
  },
  recent: async (since) =>
    [...incidents.values()]
      .filter(({ openedAt }) => openedAt >= since)
      .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
      .slice(0, most),
  find: async (id) => incidents.get(id),
  unended: async (limit) =>
    [...incidents.values()]
      .filter(({ endedAt }) => endedAt === undefined)
      .sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1))
      .slice(0, limit),
  attempt: async (attempt) => keptIn(attempts, attempt.id, attempt),
  async endAttempt(id, end) {
    const attempt = known(attempts, id);
    if (attempt.help === undefined) attempts.set(id, { ...attempt, ...end });
  },
  attempts: async (since) => newestOf(attempts, since),
  async keepChange(change) {
    keptIn(
      changes,
      [change.source, change.name, resourceKeyOf(change.resource), change.at, change.state].join('#'),
      change,
    );
  },
  changes: async (name, since) => newestOf(changes, since).filter((change) => change.name === name),
  breaker: async (resource) => breakers.get(resource),
  async openBreaker(breaker) {
    keptIn(breakers, breaker.resource, breaker);
  },
  async closeBreaker(resource) {
    breakers.delete(resource);
  },
});

const keptIn = <T>(records: Map<string, T>, id: string, value: T): T => {
  const kept = records.get(id) ?? value;
  records.set(id, kept);
  return kept;
};

const known = <T>(records: ReadonlyMap<string, T>, id: string): T => {
  const found = records.get(id);
  if (found === undefined) throw new RecordCorrupt(`"${id}" was never kept`, { id });
  return found;
};

const newestOf = <T extends { at: string }>(records: ReadonlyMap<string, T>, since: string): T[] =>
  [...records.values()]
    .filter(({ at }) => at >= since)
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, most);
