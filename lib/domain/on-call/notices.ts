import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import type { Message } from '../../contracts/message.ts';
import type { MaintenanceWindow } from '../../contracts/on-call.ts';
import { windowsAfter } from './windows.ts';

/** An hour more than the 48 that are promised: whoever looks once in that time is never late. */
const noticeSeconds = 49 * 3600;
const aheadDays = 3;

/** What people are told of planned work: once for each window, because its id is its beginning. One that began is no notice any more. */
export const noticesDue = (windows: readonly MaintenanceWindow[], at: Instant): Message[] =>
  windowsAfter(windows, at, aheadDays)
    .filter(({ from }) => from > at && secondsBetween(at, from) <= noticeSeconds)
    .map(({ from, to, reason }) => ({
      id: `maintenance-${from}-${to}`,
      service: 'evenkeel',
      kind: 'maintenance',
      subject: `Maintenance from ${from} to ${to}`,
      body: `${reason}. Playbooks ask before they act in this time.`,
      at,
    }));
