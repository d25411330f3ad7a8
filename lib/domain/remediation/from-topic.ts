import type { AlarmChange } from '../../contracts/alarm.ts';
import type { AlarmNotice, AlertGroup } from '../../contracts/events.ts';
import { fromAlertmanager } from './from-alertmanager.ts';
import { fromAlarmNotice } from './from-cloudwatch.ts';
import type { Known } from './resource-of.ts';

/** Whoever told it, the changes that one message holds. */
export const fromTopic = (message: AlarmNotice | AlertGroup, known: Known): AlarmChange[] =>
  'alerts' in message ? fromAlertmanager(message, known) : [fromAlarmNotice(message, known)];
