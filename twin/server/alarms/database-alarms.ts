import type { DatabaseLoad } from '../../live/index.ts';
import type { MeasuredAlarm } from './measured-alarm.ts';

/** As terraform/modules/observability has it: four fifths of what there may be. */
const mostConnectionsShare = 0.8;
/** Seconds that a session may wait for another before it counts. */
export const waitedSeconds = 5;

/** Of one instance, by what PostgreSQL says of itself at the end of the period. */
export const databaseAlarms = (instance: string, load: () => Promise<DatabaseLoad>): MeasuredAlarm[] => {
  const dimensions = { DBInstanceIdentifier: instance };
  return [
    {
      name: `${instance}-database-connections`,
      metric: { namespace: 'Evenkeel/Database', name: 'ConnectionsShare', dimensions },
      above: mostConnectionsShare,
      measure: async () => (await load()).connectionsShare,
    },
    {
      name: `${instance}-blocked-sessions`,
      metric: { namespace: 'Evenkeel/Database', name: 'BlockedSessions', dimensions },
      above: 0,
      measure: async () => (await load()).blockedSessions,
    },
  ];
};
