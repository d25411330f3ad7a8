import {
  type ActionTypeEnum,
  DescribeRulesCommand,
  ModifyRuleCommand,
  type TargetGroupTuple,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import * as v from 'valibot';
import { ConfigInvalid, WeightsInvalid } from '../../contracts/failures.ts';
import { ServiceName, type Slot, slots } from '../../contracts/names.ts';
import type { Weights } from '../../contracts/routing.ts';
import { setting } from '../../runtime/config.ts';
import { calling } from '../aws/failures.ts';
import { loadBalancerClient } from './client.ts';

/** A listener rule whose only action forwards to the target groups of the two slots. */
const Route = v.strictObject({ rule: setting, blue: setting, green: setting });
export type Route = v.InferOutput<typeof Route>;

/** ARNs by service, as JSON: `{"shop": {"rule": "arn:…", "blue": "arn:…", "green": "arn:…"}}`. */
export const routesSetting = {
  TRAFFIC_RULES: v.pipe(setting, v.parseJson(undefined, 'expected JSON'), v.record(ServiceName, Route)),
};

const dependency = 'Elastic Load Balancing';
const forward: ActionTypeEnum = 'forward';

export const routeOf = (routes: Record<string, Route>, service: ServiceName): Route => {
  const route = routes[service];
  if (route) return route;
  const known = Object.keys(routes).join(', ');
  throw new ConfigInvalid(`TRAFFIC_RULES: no rule for service "${service}", got rules for ${known}`, { service });
};

/** The weights in force. They are what the load balancer says, never what was last asked for. */
export const readWeights = async (route: Route): Promise<Weights> => {
  const command = new DescribeRulesCommand({ RuleArns: [route.rule] });
  const found = await calling(dependency, () => loadBalancerClient().send(command));
  const action = found.Rules?.[0]?.Actions?.find(({ Type }) => Type === forward);
  const groups =
    action?.ForwardConfig?.TargetGroups ?? (action?.TargetGroupArn ? [{ TargetGroupArn: action.TargetGroupArn }] : []);
  return percentages(route, groups);
};

/** Load balancer weights are shares; a rule with one group has no weight at all. */
const percentages = (route: Route, groups: readonly TargetGroupTuple[]): Weights => {
  const total = groups.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  const shareOf = (slot: Slot) => groups.find(({ TargetGroupArn }) => TargetGroupArn === route[slot]);
  const percentOf = (slot: Slot) => {
    const group = shareOf(slot);
    return group && total > 0 ? ((group.Weight ?? 1) * 100) / total : 0;
  };
  const weights = { blue: percentOf('blue'), green: percentOf('green') };
  if (Math.round(weights.blue + weights.green) === 100) return weights;
  throw new WeightsInvalid(
    `${route.rule}: expected one forward action to ${slots.map((slot) => route[slot]).join(' and ')}, got ${JSON.stringify(groups)}`,
    { rule: route.rule, groups },
  );
};

/** Replaces the rule's action. Stickiness is off: a sticky client would stay on a bad slot after an undo. */
export const writeWeights = async (route: Route, weights: Weights): Promise<void> => {
  const groups = slots.map((slot) => ({ TargetGroupArn: route[slot], Weight: weights[slot] }));
  const config = { TargetGroups: groups, TargetGroupStickinessConfig: { Enabled: false } };
  const command = new ModifyRuleCommand({ RuleArn: route.rule, Actions: [{ Type: forward, ForwardConfig: config }] });
  await calling(dependency, () => loadBalancerClient().send(command));
};
