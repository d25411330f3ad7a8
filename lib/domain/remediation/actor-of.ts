import type { ActionKind, ActorName } from '../../contracts/action.ts';

/** By action: the function that has the rights for it. What nobody carries out goes to people. */
const actors: Readonly<Partial<Record<ActionKind, ActorName>>> = {
  'restart-rollout': 'cluster',
  'raise-floor': 'cluster',
  'scale-service': 'cluster',
  'recycle-pod': 'cluster',
  'reboot-database': 'databases',
  'fail-over-database': 'databases',
  'promote-replica': 'databases',
  'end-blocking-sessions': 'databases',
  'extend-storage': 'databases',
  'fail-over-cache': 'databases',
  'purge-path': 'edge',
  'pause-schedule': 'edge',
  'undo-release': 'machines',
  'run-restore-test': 'machines',
};

/** Whose rights an action needs; `nobody`: people's. */
export const actorOf = (kind: ActionKind): ActorName => actors[kind] ?? 'nobody';
