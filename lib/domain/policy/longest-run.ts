import type { ReleasePolicy } from '../../contracts/policy.ts';

/** Step Functions ends an execution with its 25,000th history event (AWS: "Quotas related to state machine executions"). */
const mostEvents = 25_000;
/** A look writes 14 events: Wait 2, Observe 5, Choice 2, Heartbeat 5. The rest is for retries. */
const eventsPerLook = 30;
export const looksThatFit = Math.floor(mostEvents / eventsPerLook);

/** Retries of the steps around the watch: 450 s for the undo drill, 900 s for the drain, 60 s for each of six others. */
const retrySeconds = 450 + 900 + 6 * 60;

const stageSeconds = (holdSeconds: number, { watch }: ReleasePolicy): number =>
  Math.max(holdSeconds, watch.windowSeconds) + watch.deadlineSeconds;

const shiftSeconds = (policy: ReleasePolicy): number =>
  policy.shift.reduce((sum, { holdSeconds }) => sum + stageSeconds(holdSeconds, policy), 0);

/** The longest that one execution of the watch may go on: all stages of the shift, or the bake. */
export const longestWatchSeconds = (policy: ReleasePolicy): number =>
  Math.max(shiftSeconds(policy), stageSeconds(policy.bakeSeconds, policy));

/** The longest that a deployment may hold its service. */
export const longestDeploymentSeconds = (policy: ReleasePolicy): number =>
  policy.rollout.deadlineSeconds +
  shiftSeconds(policy) +
  stageSeconds(policy.bakeSeconds, policy) +
  policy.drainSeconds +
  retrySeconds;
