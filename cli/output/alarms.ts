import type { OpenAlarm } from '../operations/alarms.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

const headings = ['INCIDENT', 'STATUS', 'ALARM', 'RESOURCE', 'SINCE', 'CALLED', 'UNTIL', 'TAKEN BY'];

/** Empty when there are none. */
export const alarmsTable = (alarms: readonly OpenAlarm[], style: Style): string => {
  const rows = alarms.map((alarm) => rowOf(alarm, style));
  return rows.length === 0 ? '' : table([headings.map((heading) => style.dim(heading)), ...rows]);
};

const rowOf = (
  { incident, status, alarm, resource, openedAt, called, until, acknowledgedBy }: OpenAlarm,
  style: Style,
): string[] => {
  const waits = status === 'escalated' && !acknowledgedBy;
  const shown = waits ? style.red(status) : status === 'asking' ? style.yellow(status) : status;
  const nobody = waits ? style.red('nobody') : '';
  return [
    incident,
    shown,
    alarm,
    resource,
    openedAt,
    called.join(', ') || nobody,
    acknowledgedBy ? '' : (until ?? ''),
    acknowledgedBy ?? nobody,
  ];
};
