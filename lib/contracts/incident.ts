import * as v from 'valibot';
import { Action } from './action.ts';
import { AlarmChange } from './alarm.ts';
import { Instant } from './instant.ts';
import { RunId } from './names.ts';

export const guardNames = [
  'freeze',
  'maintenance',
  'release',
  'breaker',
  'cooldown',
  'attempts',
  'flapping',
  'fleet',
  'ownership',
  'own-doing',
  'mode',
] as const;
export const GuardName = v.picklist(guardNames);
export type GuardName = v.InferOutput<typeof GuardName>;

/** From best to worst; the worst wins. */
export const decisions = ['allow', 'ask', 'deny'] as const;
export const GuardVerdict = v.object({ guard: GuardName, verdict: v.picklist(decisions), reason: v.string() });
export type GuardVerdict = v.InferOutput<typeof GuardVerdict>;

/** Whether this act may run now, with what every guard said. Kept and shown whole. */
export const Decision = v.object({ verdict: v.picklist(decisions), guards: v.array(GuardVerdict) });
export type Decision = v.InferOutput<typeof Decision>;

export const Help = v.picklist(['helped', 'neutral', 'harmed']);
export type Help = v.InferOutput<typeof Help>;

/** One rung that was tried. `id`: `<incident>-<rung>`, also the stamp of everything that it does. */
export const Attempt = v.object({
  id: v.string(),
  incident: v.string(),
  playbook: v.string(),
  resource: v.string(),
  rung: v.number(),
  act: Action,
  at: Instant,
  /** `shadow`: it was decided, and nothing was done; its `help` tells what becomes of such alarms by themselves. */
  shadow: v.boolean(),
  did: v.optional(v.string()),
  help: v.optional(Help),
  endedAt: v.optional(Instant),
});
export type Attempt = v.InferOutput<typeof Attempt>;

export const incidentStatuses = ['open', 'asking', 'resolved', 'escalated', 'denied', 'linked'] as const;
/** One alarm that fired, from then to its end. `id` is made from the alarm, its resource, the moment and the playbook's version. */
export const Incident = v.object({
  id: v.string(),
  playbook: v.string(),
  alarm: AlarmChange,
  resource: v.string(),
  run: v.optional(RunId),
  openedAt: Instant,
  status: v.picklist(incidentStatuses),
  endedAt: v.optional(Instant),
  reason: v.optional(v.string()),
  acknowledgedBy: v.optional(v.string()),
  acknowledgedAt: v.optional(Instant),
});
export type Incident = v.InferOutput<typeof Incident>;

/** Open: nothing acts on the resource until a person says why it may again. */
export const Breaker = v.object({ resource: v.string(), openedAt: Instant, reason: v.string() });
export type Breaker = v.InferOutput<typeof Breaker>;
