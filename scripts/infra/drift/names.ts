import { dimensionNames, namespace, statistics } from '../../../lib/adapters/cloudwatch/signals.ts';
import { heartbeatMetric } from '../../../lib/adapters/failover/heartbeats.ts';
import { drillInstanceOf } from '../../../lib/contracts/drill.ts';
import { sides } from '../../../lib/contracts/failover.ts';
import { functionRoles } from '../../../serverless/functions.ts';
import { machineResources } from '../../../serverless/machines.ts';
import { parameters } from '../../../serverless/parameters.ts';
import { statementsOf } from './stack-statements.ts';

/** The names that code and stack use, by the code itself. */
export const stackNames = {
  /** In the Parameter Store, below /evenkeel/<stage>/. */
  parameters: Object.values(parameters)
    .map(({ Default }) => Default.split('/').at(-1) ?? '')
    .sort(),
  traffic: {
    namespace,
    metrics: [...new Set(Object.values(statistics).map(({ metric }) => metric))].sort(),
    dimensions: [...dimensionNames].sort(),
  },
  /** What all copies of drills are called, as IAM writes it. */
  copies: drillInstanceOf('*'),
  heartbeat: heartbeatMetric,
  sides: [...sides],
  /** What each role of the stack may do to what. */
  statements: statementsOf({ ...functionRoles, ...machineResources }),
  /** All that any role of the stack may do. */
  actions: [...new Set(actionsIn([functionRoles, machineResources]))].sort(),
};

function actionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Action' ? [inner].flat().filter((action) => !String(action).startsWith('sts:')) : actionsIn(inner),
  );
}
