import type { Catalog, Service } from '../contracts/catalog.ts';
import type { Freeze, ReleasePolicy } from '../contracts/policy.ts';
import { bucketSeconds } from '../contracts/signals.ts';
import type { Problem } from './read-yaml.ts';

/** Step Functions ends an execution at 25,000 history events; one look of the watch writes up to this many. */
const eventsPerLook = 30;
const maxLooks = Math.floor(24_000 / eventsPerLook);

/** Rules between fields, which shapes alone cannot say. */
export const problemsIn = (catalog: Catalog): Problem[] => [
  ...catalog.freezes.flatMap(freezeProblems),
  ...catalog.services.flatMap((service, index) => serviceProblems(catalog, service, index)),
  ...Object.entries(catalog.policies).flatMap(([name, policy]) => policyProblems(name, policy)),
];

const freezeProblems = ({ from, to }: Freeze, index: number): Problem[] =>
  from < to ? [] : [{ path: ['freezes', index, 'to'], message: `must be after from (${from}), got ${to}` }];

const serviceProblems = (
  { services, policies }: Catalog,
  { name, policy, alarms }: Service,
  index: number,
): Problem[] => {
  const problem = (field: string, message: string): Problem => ({ path: ['services', index, field], message });
  const problems: Problem[] = [];
  if (services.findIndex((other) => other.name === name) !== index)
    problems.push(problem('name', `"${name}" is there twice`));
  if (!(policy in policies))
    problems.push(problem('policy', `"${policy}" is not one of ${Object.keys(policies).join(', ')}`));
  if (new Set(alarms).size !== alarms.length) problems.push(problem('alarms', 'an alarm is there twice'));
  return problems;
};

const policyProblems = (name: string, policy: ReleasePolicy): Problem[] => {
  const at = (field: string, message: string): Problem => ({ path: ['policies', name, ...field.split('.')], message });
  const { watch, shift, leaseSeconds } = policy;
  const weights = shift.map(({ weight }) => weight);
  const rising = weights.every((weight, index) => index === 0 || weight > (weights[index - 1] ?? 0));
  const problems: [boolean, string, string][] = [
    [rising && weights.at(-1) === 100, 'shift', `weights must rise to exactly 100, got ${weights.join(', ')}`],
    [
      watch.toleratedErrorRate < watch.worstErrorRate,
      'watch.worstErrorRate',
      `must be above toleratedErrorRate (${watch.toleratedErrorRate}), got ${watch.worstErrorRate}`,
    ],
    [
      watch.windowSeconds % bucketSeconds === 0,
      'watch.windowSeconds',
      `must be a multiple of ${bucketSeconds}, got ${watch.windowSeconds}`,
    ],
    [
      watch.heartbeatSeconds > 2 * watch.pollSeconds,
      'watch.heartbeatSeconds',
      `must be more than twice pollSeconds (${watch.pollSeconds}), got ${watch.heartbeatSeconds}`,
    ],
    [
      looksOf(policy) <= maxLooks,
      'watch.pollSeconds',
      `${watch.pollSeconds} s would need ${looksOf(policy)} looks in one run, ${maxLooks} fit in an execution's history; poll less often or hold shorter`,
    ],
    [
      leaseSeconds > longestRunSeconds(policy),
      'leaseSeconds',
      `must be longer than the longest run (${longestRunSeconds(policy)} s), got ${leaseSeconds}`,
    ],
    [Object.keys(policy.gates).length > 0, 'gates', 'must name at least one gate'],
  ];
  return problems.filter(([holds]) => !holds).map(([, field, message]) => at(field, message));
};

const shiftSeconds = ({ shift, watch }: ReleasePolicy): number =>
  shift.reduce((sum, { holdSeconds }) => sum + Math.max(holdSeconds, watch.windowSeconds) + watch.deadlineSeconds, 0);
const bakeSeconds = ({ bakeSeconds: seconds, watch }: ReleasePolicy): number =>
  Math.max(seconds, watch.windowSeconds) + watch.deadlineSeconds;
const looksOf = (policy: ReleasePolicy): number =>
  Math.ceil(Math.max(shiftSeconds(policy), bakeSeconds(policy)) / policy.watch.pollSeconds);
const longestRunSeconds = (policy: ReleasePolicy): number =>
  policy.rollout.deadlineSeconds + shiftSeconds(policy) + bakeSeconds(policy) + policy.drainSeconds;
