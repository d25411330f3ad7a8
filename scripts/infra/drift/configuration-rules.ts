import type { Catalog } from '../../../lib/contracts/catalog.ts';
import type { Boundary } from '../../../serverless/role.ts';
import type { Configuration } from './configuration.ts';
import type { stackNames } from './names.ts';
import { differences, type Rule } from './rule.ts';

/** What can be compared without applying anything: files against files. */
export type Written = {
  controlPlane: Configuration;
  database: Configuration;
  edge: Configuration;
  failover: Configuration;
  observability: Configuration;
  production: Configuration;
  secondRegion: Configuration;
  /** Of production, and so of the second region. */
  domain: string;
  catalog: Catalog;
  names: typeof stackNames;
  /** Kubernetes groups that the manifests bind. */
  groups: readonly string[];
};

type Statement = { actions?: string[] };

const actionsOf = ({ data }: Configuration, document: string): string[] =>
  (data.aws_iam_policy_document?.[document] ?? []).flatMap(({ statement }) =>
    (statement as Statement[]).flatMap(({ actions = [] }) => actions),
  );

/** Of what a boundary is made (terraform/modules/control-plane/boundary.tf). */
const documentsOf: Record<Boundary, readonly string[]> = {
  actors: ['boundary_basis', 'boundary_actors'],
  functions: ['boundary_basis', 'boundary_functions'],
  machines: ['boundary_machines'],
};

export const writtenRules: readonly Rule<Written>[] = [
  {
    name: 'the parameters that the stack reads are written, and no others',
    broken: ({ controlPlane, names }) =>
      differences(names.parameters, Object.keys(controlPlane.locals.parameters ?? {})),
  },
  {
    name: 'whatever a role of the stack may do is within its permission boundary',
    broken: ({ controlPlane, names }) =>
      names.actions.flatMap(({ boundary, actions }) => {
        const allowed = new Set(documentsOf[boundary].flatMap((document) => actionsOf(controlPlane, document)));
        return actions.filter((action) => !allowed.has(action)).map((action) => `${boundary}: ${action} is outside`);
      }),
  },
  {
    name: 'alarms of the catalog are those that are made for each service',
    broken: ({ observability, catalog }) =>
      differences(
        catalog.services.flatMap(({ alarms }) => alarms),
        catalog.services.flatMap(({ name }) =>
          Object.keys(observability.locals.worst ?? {}).map((kind) => `${name}-${kind}`),
        ),
      ),
  },
  {
    name: 'alarms on traffic read the namespace that a watch reads',
    broken: ({ observability, names }) =>
      differences([names.traffic.namespace], [observability.locals.traffic?.namespace]),
  },
  {
    name: 'the Kubernetes group of the functions is the one that the manifests bind',
    broken: ({ controlPlane, groups }) =>
      differences(
        (controlPlane.variable.cluster_access_group ?? []).map(({ default: group }) => group),
        groups,
      ),
  },
];
