import { randomUUID } from 'node:crypto';

/** The account and region whose events these pretend to be. */
export interface Origin {
  readonly accountId: string;
  readonly region: string;
}

/** An event as EventBridge hands it to a target. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** Whole seconds, e.g. `2026-05-01T10:00:00Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface NewEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  /** When it happened; without it, when it was accepted. */
  readonly timeMs?: number;
}

export const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export const busEvent = (
  { source, detailType, detail, resources = [], timeMs }: NewEvent,
  { accountId, region }: Origin,
  nowMs: number,
): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account: accountId,
  time: timeText(timeMs ?? nowMs),
  region,
  resources,
  detail,
});
