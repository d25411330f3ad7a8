import type { FailoverOutcome } from '../../lib/contracts/failover.ts';
import type { PortCall } from '../model/interference.ts';
import type { ModelTwin } from '../model/model-twin.ts';

/** Something people, CI or a clock do, so many seconds after the start. */
export interface Act {
  readonly atSeconds: number;
  readonly what: string;
  act(twin: ModelTwin): void;
}

/** What a story is about decides what the world is before it, what comes after it, and which promises hold. */
export type About = 'releases' | 'recovery' | 'failover' | 'certificates' | 'remediation';

/** One thing that happens. `ends`: how each release, backup and drill of it ends when nothing goes wrong. */
export interface Story {
  readonly name: string;
  readonly about: About;
  readonly acts: readonly Act[];
  readonly ends: Readonly<Record<string, string>>;
  /** Calls that never work in this story, whatever else goes wrong. */
  readonly never?: (call: Omit<PortCall, 'index'>) => boolean;
  /** Events of this type never arrive in this story. */
  readonly lost?: string;
  /** A run is stopped in its midst. When something else is late, it is stopped before it began, or when it is over. */
  readonly stopped?: true;
  /** Tasks that run beside the story. Their calls do not fail here: they do in a story of their own. */
  readonly beside?: readonly string[];
  /** Tasks that ask the same again and again until something is done: of these calls the first, the second and the last fail. */
  readonly polls?: readonly string[];
  /** The reconciler's schedule runs in this story, so that no lost event stays without what it would have brought about. */
  readonly reconciled?: true;
  /** Nothing but drills of a failover is asked for, so nothing of production may change. */
  readonly onlyDrills?: true;
}

/** How everything that has an end on record ended. */
export const endsOf = ({ world }: ModelTwin): ReadonlyMap<string, string> =>
  new Map<string, string>([
    ...[...world.records.byId.values()].map(({ releaseId, status }) => [releaseId, status] as const),
    ...[...world.backups.values()].map(({ id, status }) => [id, status] as const),
    ...[...world.drills.values()].map(({ plan, outcome }) => [plan.drill, outcome?.verdict ?? 'open'] as const),
    ...failoverEnds(world),
    ...checkEnds(world),
    ...[...world.incidents.incidents.values()].map(({ id, status }) => [id, status] as const),
  ]);

/** By the name of the run, which is the end of its ARN. */
const failoverEnds = ({ ledger }: ModelTwin['world']): [string, string][] =>
  [...ledger.values()]
    .flat()
    .filter(({ kind, run }) => kind === 'ended' && run.includes(':failover-'))
    .map(({ run, data }) => [run.split(':').at(-1) ?? run, (data.outcome as FailoverOutcome).status]);

const checkEnds = ({ ledger }: ModelTwin['world']): [string, string][] =>
  [...ledger.values()]
    .flat()
    .filter(({ kind, run }) => kind === 'ended' && run.includes(':certificates-'))
    .map(({ run, data }) => [run.split(':').at(-1) ?? run, String(data.status)]);
