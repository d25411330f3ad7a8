import type { FailoverPolicy } from '../../../lib/contracts/failover-policy.ts';
import type { Database } from '../../../lib/contracts/recovery-policy.ts';
import type { Configuration } from './configuration.ts';
import type { Written } from './configuration-rules.ts';
import { differences, type Rule } from './rule.ts';

type Movable = Database & { failover: FailoverPolicy };
const movableOf = ({ catalog }: Written): Movable[] =>
  catalog.databases.filter((database): database is Movable => database.failover !== undefined);

const stageOf = ({ locals }: Configuration): string => `evenkeel-${locals.stage}`;
const moduleOf = ({ module }: Configuration, name: string) => module[name]?.[0] ?? {};

/** An expression with the few values that files tell. */
const withDomain = (expression: unknown, domain: string): string =>
  String(expression).replaceAll(`\${var.domain}`, domain);

const hostsOf = ({ production, domain }: Written): string[] =>
  Object.values(production.locals.services as Record<string, { edge: { host: string } }>).map(({ edge: { host } }) =>
    host === '' ? domain : `${host}.${domain}`,
  );

/** What one line of the rules wants, and what is there. */
const same = (what: string, wanted: unknown, there: unknown): string[] =>
  wanted === there ? [] : [`${what}: expected ${wanted}, got ${there}`];

const inBoth = ({ production, secondRegion }: Written, module: string, key: string) =>
  [production, secondRegion].map((environment) => moduleOf(environment, module)[key]);

export const failoverRules: readonly Rule<Written>[] = [
  {
    name: 'the names that a failover moves are those that Terraform makes',
    broken: (written) => movableOf(written).flatMap(({ failover }) => differences(failover.records, hostsOf(written))),
  },
  {
    name: 'the name that a drill moves is the one that Terraform makes',
    broken: (written) =>
      differences(
        movableOf(written).map(({ failover }) => failover.drillRecord),
        [withDomain(written.edge.locals.drill_host, written.domain)],
      ),
  },
  {
    name: 'records have the names by which the adapter knows the sides',
    broken: (written) => [
      ...differences(
        written.names.sides,
        inBoth(written, 'edge', 'failover').map((failover) => failover?.side),
      ),
      ...['service', 'drill'].flatMap((record) =>
        same(
          `set_identifier of ${record}`,
          `\${local.side}`,
          written.edge.resource.aws_route53_record?.[record]?.[0]?.set_identifier,
        ),
      ),
    ],
  },
  {
    name: 'database, replica and cluster of a failover are those of the two environments',
    broken: (written) =>
      movableOf(written).flatMap(({ name, instance, failover }) => [
        ...same('database', name, moduleOf(written.production, 'failover').database?.name),
        ...same('instance', instance, stageOf(written.production)),
        ...same('replica', failover.replica, stageOf(written.secondRegion)),
        ...same('cluster', failover.cluster, stageOf(written.secondRegion)),
        ...same('source_stage', written.production.locals.stage, written.secondRegion.locals.source_stage),
      ]),
  },
  {
    name: 'the old writer is fenced by a group without rules',
    broken: ({ database, production, failover }) => {
      const fence = database.resource.aws_security_group?.fence?.[0] ?? {};
      const rules = Object.values(database.resource).flatMap((named) => Object.values(named).flat());
      const opened = rules.filter((rule) => String(rule.security_group_id).includes('security_group.fence'));
      return [
        ...same('name', `\${local.name}-fence`, fence.name),
        ...['ingress', 'egress'].filter((way) => fence[way]).map((way) => `it has ${way}`),
        ...opened.map(() => 'a rule opens it'),
        ...same(
          'group of the module failover',
          `\${module.database.fence_security_group_id}`,
          moduleOf(production, 'failover').database?.fence_security_group_id,
        ),
        ...same(
          'fenceSecurityGroup',
          `\${var.database.fence_security_group_id}`,
          failover.locals.known?.writer.does.fenceSecurityGroup,
        ),
      ];
    },
  },
  {
    name: 'both servers bear the tag that IAM asks for',
    broken: (written) => [
      ...differences(written.names.sides, inBoth(written, 'database', 'failover_side')),
      ...(String(written.database.resource.aws_db_instance?.this?.[0]?.tags).includes('"evenkeel:failover"')
        ? []
        : ['the instance has no tag evenkeel:failover']),
    ],
  },
  {
    name: 'copies of drills have the names that IAM lets be restored and removed',
    broken: ({ controlPlane, names: { copies, statements } }) => {
      const allowed = statements.flatMap(({ statement: { Action, Resource } }) =>
        Action.includes('rds:DeleteDBInstance') ? [JSON.stringify(Resource)] : [],
      );
      return [
        ...same('drill_databases', `\${local.rds}:db:${copies}`, controlPlane.locals.drill_databases),
        ...(allowed.length > 0 ? [] : ['no role may remove a copy']),
        ...allowed
          .filter((resource) => !resource.includes(`:db:${copies}"`))
          .map((resource) => `${resource} is others'`),
      ];
    },
  },
  {
    name: 'the heartbeat is read by the names by which it is sent',
    broken: ({ failover, controlPlane, names: { heartbeat } }) => {
      const { namespace, name, dimensions } = failover.locals.known?.witnesses.metric ?? {};
      const statement = controlPlane.data.aws_iam_policy_document?.boundary_functions
        ?.flatMap(({ statement: all }) => all)
        .find(({ sid }) => sid === 'HeartbeatsOfAFailover');
      return [
        ...same('namespace', heartbeat.namespace, namespace),
        ...same('name', heartbeat.name, name),
        ...differences([heartbeat.dimension], Object.keys(dimensions ?? {})),
        ...same('namespace of the boundary', heartbeat.namespace, statement?.condition?.[0]?.values?.[0]),
      ];
    },
  },
];
