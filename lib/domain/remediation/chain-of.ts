import type { AlarmChange } from '../../contracts/alarm.ts';

/** Whose ledger tells of it: that of the service whose users feel it, or of the control plane. */
export const chainOf = ({ resource }: Pick<AlarmChange, 'resource'>): string => resource.service ?? 'evenkeel';
