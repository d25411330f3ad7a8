import { dimensionNames, namespace, statistics } from '../../../lib/adapters/cloudwatch/signals.ts';
import { heartbeatMetric } from '../../../lib/adapters/failover/heartbeats.ts';
import { drillInstanceOf } from '../../../lib/contracts/drill.ts';
import { sides } from '../../../lib/contracts/failover.ts';
import { functionRoles } from '../../../serverless/functions.ts';
import { machineResources } from '../../../serverless/machines.ts';
import { parameters } from '../../../serverless/parameters.ts';
import { type Boundary, boundaries } from '../../../serverless/role.ts';
import { statementsOf } from './stack-statements.ts';

const statements = statementsOf({ ...functionRoles, ...machineResources });

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
  statements,
  /** All that any role may do, by its boundary. */
  actions: (Object.keys(boundaries) as Boundary[]).map((boundary) => ({
    boundary,
    actions: [
      ...new Set(statements.filter((one) => one.boundary === boundary).flatMap(({ statement }) => statement.Action)),
    ].sort(),
  })),
};
