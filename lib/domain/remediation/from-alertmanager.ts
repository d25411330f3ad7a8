import type { AlarmChange } from '../../contracts/alarm.ts';
import type { AlertGroup } from '../../contracts/events.ts';
import { labelsOf, sayingOf } from './labels.ts';
import { type Known, resourceOf } from './resource-of.ts';

/** Each alert of a group by itself. Repeats have the moment of the first. */
export const fromAlertmanager = ({ alerts }: AlertGroup, known: Known): AlarmChange[] =>
  alerts.map((alert) => {
    const labels = labelsOf(alert.labels);
    const { alertname: name = 'unnamed' } = labels;
    return {
      source: 'alertmanager',
      name: name.slice(0, 300),
      resource: resourceOf(name, labels, known),
      state: alert.status === 'firing' ? 'firing' : 'over',
      at: alert.status === 'firing' ? alert.startsAt : alert.endsAt,
      labels,
      says: sayingOf(alert.annotations.summary ?? alert.annotations.description ?? ''),
    };
  });
