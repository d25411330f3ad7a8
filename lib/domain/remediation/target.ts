import type { Action, ActionKind } from '../../contracts/action.ts';
import type { Resource } from '../../contracts/alarm.ts';

/** By action: the field that names its target, and the kind of resource that this is. */
export const targets: Readonly<Record<Exclude<ActionKind, 'page'>, readonly [field: string, kind: Resource['kind']]>> =
  {
    'restart-rollout': ['service', 'service'],
    'scale-service': ['service', 'service'],
    'raise-floor': ['service', 'service'],
    'recycle-pod': ['service', 'service'],
    'undo-release': ['service', 'service'],
    'drain-node': ['node', 'node'],
    'scale-node-group': ['group', 'node-group'],
    'rotate-credential': ['credential', 'credential'],
    'reboot-database': ['instance', 'database'],
    'fail-over-database': ['instance', 'database'],
    'promote-replica': ['instance', 'database'],
    'end-blocking-sessions': ['instance', 'database'],
    'extend-storage': ['instance', 'database'],
    'run-restore-test': ['database', 'database'],
    'fail-over-cache': ['cache', 'cache'],
    'purge-path': ['distribution', 'distribution'],
    'pause-schedule': ['schedule', 'schedule'],
  };

/** What an act names as its target itself; without it the alarm's own resource is meant. */
export const namedTarget = (act: Action): string | undefined =>
  act.kind === 'page' ? undefined : (act as unknown as Record<string, string | undefined>)[targets[act.kind][0]];
