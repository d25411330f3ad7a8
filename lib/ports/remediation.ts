import type { Action } from '../contracts/action.ts';
import type { AlarmChange } from '../contracts/alarm.ts';
import type { Attempt, Breaker, Help, Incident } from '../contracts/incident.ts';
import type { Instant } from '../contracts/instant.ts';
import type { Actor } from '../contracts/names.ts';

/** What became of alarms, and what was done about them. */
export interface Incidents {
  /** Keeps a new one; one with the same id is left as it is. Gives what is kept. */
  open(incident: Incident): Promise<Incident>;
  /** Errors: `RecordCorrupt` for one that was never opened. An end is never changed, and stays whole whoever else writes. */
  change(id: string, change: Partial<Pick<Incident, 'status' | 'endedAt' | 'reason'>>): Promise<void>;
  /** Also of one that has ended. The first that acknowledges it stays. Gives what is kept. Errors: `RecordCorrupt`. */
  acknowledge(id: string, by: Actor, at: Instant): Promise<Incident>;
  find(id: string): Promise<Incident | undefined>;
  /** Not ended yet, oldest first. */
  unended(limit: number): Promise<Incident[]>;
  /** Opened since then, whatever became of them, newest first, at most 1,000. */
  recent(since: Instant): Promise<Incident[]>;
  /** Keeps a rung before it acts; one with the same id is left as it is. Gives what is kept. */
  attempt(attempt: Attempt): Promise<Attempt>;
  /** The first answer stays. Errors: `RecordCorrupt` for one that was never kept. */
  endAttempt(id: string, end: { did?: string; help: Help; endedAt: Instant }): Promise<void>;
  /** Of all resources since then, newest first, at most 1,000. */
  attempts(since: Instant): Promise<Attempt[]>;
  /** Every change of the alarm is kept once, also those that start nothing; for 100 days at least. */
  keepChange(change: AlarmChange): Promise<void>;
  /** Of this alarm since then, newest first, at most 1,000. */
  changes(name: string, since: Instant): Promise<AlarmChange[]>;
  breaker(resource: string): Promise<Breaker | undefined>;
  /** One that is open stays as it is. */
  openBreaker(breaker: Breaker): Promise<void>;
  /** One that is not open is fine. */
  closeBreaker(resource: string): Promise<void>;
}

/** What was done, as a sentence; `undo` where the same can be taken back. */
export type Receipt = { did: string; undo?: Action };
