import * as v from 'valibot';
import { albTraffic } from '../../../lib/adapters/elbv2/traffic.ts';
import { httpProbe } from '../../../lib/adapters/http/probe.ts';
import type { Catalog } from '../../../lib/contracts/catalog.ts';
import { accessEntries } from '../../../serverless/functions.ts';
import type { KubernetesObject } from '../kubernetes/manifests.ts';
import { allows, type Policy } from './boundary.ts';
import { boundGroups } from './manifest-files.ts';
import type { stackNames } from './names.ts';
import { differences, type Rule } from './rule.ts';
import { resourcesIn, type StackPlace } from './stack-statements.ts';
import { allOf, type Resource } from './state.ts';

/** What was applied, what the overlay of the same stage renders to, and what the code asks for. */
export type Applied = {
  stage: string;
  resources: readonly Resource[];
  objects: readonly KubernetesObject[];
  /** These, and whatever else lies in the cluster of the stage: its monitoring, and what the cluster itself needs. */
  cluster: readonly KubernetesObject[];
  catalog: Catalog;
  names: typeof stackNames;
};

const servicesOf = ({ catalog }: Applied): string[] => catalog.services.map(({ name }) => name);
const slotsOf = (applied: Applied): string[] =>
  servicesOf(applied).flatMap((name) => [`${name}-blue`, `${name}-green`]);

/** The value of a parameter that the stack reads; empty when nobody writes it, which another rule says. */
const parameter = ({ stage, resources }: Applied, name: string): string =>
  allOf(resources, 'aws_ssm_parameter').find((one) => one.name === `/evenkeel/${stage}/${name}`)?.value ?? '';

const namesOf = ({ resources }: Applied, type: string, field = 'name'): string[] =>
  allOf(resources, type).map((values) => values[field]);

const setting = (schema: v.GenericSchema, value: string): string[] => {
  const { issues } = v.safeParse(schema, value);
  return (issues ?? []).map((issue) => `${v.getDotPath(issue) ?? 'the value'}: ${issue.message}`);
};

type Route = { rule: string; blue: string; green: string };
const routesOf = (applied: Applied): Record<string, Route> => JSON.parse(parameter(applied, 'traffic-rules') || '{}');

const namespaceOf = ({ objects }: Applied): string =>
  objects.find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';

export const parameterRules: readonly Rule<Applied>[] = [
  {
    name: 'the parameters that the stack reads are written, and no others',
    broken: (applied) => {
      const path = `/evenkeel/${applied.stage}/`;
      const written = namesOf(applied, 'aws_ssm_parameter').filter((name) => name.startsWith(path));
      return differences(
        applied.names.parameters,
        written.map((name) => name.slice(path.length)),
      );
    },
  },
  {
    name: 'TRAFFIC_RULES is what the adapter reads, for the services of the catalog',
    broken: (applied) => [
      ...setting(albTraffic.config.TRAFFIC_RULES, parameter(applied, 'traffic-rules')),
      ...differences(servicesOf(applied), Object.keys(routesOf(applied))),
    ],
  },
  {
    name: 'PROBE_ADDRESSES is what the adapter reads, for the services of the catalog',
    broken: (applied) => [
      ...setting(httpProbe.config.PROBE_ADDRESSES, parameter(applied, 'probe-addresses')),
      ...differences(servicesOf(applied), Object.keys(JSON.parse(parameter(applied, 'probe-addresses') || '{}'))),
    ],
  },
  {
    name: 'the rules that may be written are those of TRAFFIC_RULES',
    broken: (applied) =>
      differences(
        Object.values(routesOf(applied)).map(({ rule }) => rule),
        parameter(applied, 'listener-rule-arns').split(',').filter(Boolean),
      ),
  },
  {
    name: 'the cluster of the stack is the one that is made',
    broken: (applied) => differences([parameter(applied, 'cluster-name')], namesOf(applied, 'aws_eks_cluster')),
  },
  {
    name: 'the namespace of the stack is the one of the manifests',
    broken: (applied) => differences([parameter(applied, 'cluster-namespace')], [namespaceOf(applied)]),
  },
  {
    name: 'alarms of the stack tell the topic that people are told by',
    broken: (applied) => {
      const topics = namesOf(applied, 'aws_sns_topic', 'arn');
      const arn = parameter(applied, 'alarm-topic-arn');
      return topics.includes(arn) ? [] : [`${arn || 'nothing'} is no topic`];
    },
  },
  {
    name: 'each service has the image repository that the stack names',
    broken: (applied) =>
      differences(
        servicesOf(applied).map((name) => `${parameter(applied, 'image-repository-prefix')}${name}`),
        namesOf(applied, 'aws_ecr_repository'),
      ),
  },
];

/** Service accounts with a role of AWS, by its name; cert-manager is told its role by the issuers. */
const accountsWithRole = ({ cluster }: Applied): string[] =>
  cluster
    .filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.annotations?.[roleAnnotation])
    .map(({ metadata: { name, namespace = '', annotations } }) =>
      accountAs(namespace, name, annotations?.[roleAnnotation]),
    );

const dns01Accounts = ({ cluster }: Applied): string[] =>
  cluster
    .filter(({ kind }) => kind === 'Issuer')
    .flatMap(({ spec, metadata: { namespace = '' } }) =>
      (spec.acme?.solvers ?? [])
        .flatMap(({ dns01 }: Dns01) => dns01?.route53 ?? [])
        .map(({ role, auth }: Route53) => accountAs(namespace, auth.kubernetes.serviceAccountRef.name, role)),
    );
type Route53 = { role: string; auth: { kubernetes: { serviceAccountRef: { name: string } } } };
type Dns01 = { dns01?: { route53?: Route53 } };

const roleAnnotation = 'eks.amazonaws.com/role-arn';
const accountAs = (namespace: string, account: string, roleArn = ''): string =>
  `${namespace}/${account} as ${roleArn.split('/').at(-1)}`;

/** `namespace/account as role` for each role that a service account may take; operators bring those of kube-system themselves. */
const trustedAccounts = ({ resources }: Applied): string[] =>
  allOf(resources, 'aws_iam_role').flatMap(({ name, assume_role_policy: policy }) =>
    [...String(policy).matchAll(/system:serviceaccount:([\w-]+):([\w-]+)/g)]
      .filter(([, namespace]) => namespace !== 'kube-system')
      .map(([, namespace = '', account = '']) => accountAs(namespace, account, name)),
  );

type Group = { Ref: string } | { 'Fn::Sub': string };

/** Those that the stack makes its functions members of. */
const groupsOfStack = (group: string): string[] => {
  const named = (one: Group) => ('Ref' in one ? group : one['Fn::Sub'].replace(`\${AccessGroup}`, group));
  const entries = Object.values(accessEntries);
  return [...new Set(entries.flatMap(({ Properties }) => (Properties.KubernetesGroups as Group[]).map(named)))];
};

export const accessRules: readonly Rule<Applied>[] = [
  {
    name: 'a service account has the role that trusts it, and each such role has its account',
    broken: (applied) =>
      differences([...accountsWithRole(applied), ...dns01Accounts(applied)], trustedAccounts(applied)),
  },
  {
    name: 'the groups of the stack are those that the manifests bind',
    broken: (applied) => {
      const group = parameter(applied, 'access-group');
      return differences(group ? groupsOfStack(group) : [], boundGroups(applied.objects));
    },
  },
  {
    name: 'secrets of the manifests are made',
    broken: (applied) => {
      const made = new Set(namesOf(applied, 'aws_secretsmanager_secret'));
      return applied.objects
        .filter(({ kind }) => kind === 'ExternalSecret')
        .flatMap(({ spec }) => (spec.dataFrom ?? []).map((from: { extract?: { key: string } }) => from.extract?.key))
        .filter((key) => key && !made.has(key))
        .map((key) => `${key} is missing`);
    },
  },
];

const valuesOf = ({ stage, resources }: Applied): Record<string, string> => {
  const path = `/evenkeel/${stage}/`;
  const written = allOf(resources, 'aws_ssm_parameter').filter(({ name }) => name.startsWith(path));
  return Object.fromEntries(written.map(({ name, value }) => [name.slice(path.length), value]));
};

/** Where the stack would be: the topic's ARN says it, whatever account the stand-in has. */
const placeOf = (applied: Applied): StackPlace => {
  const [, , , region = '', account = ''] = parameter(applied, 'alarm-topic-arn').split(':');
  return { stage: applied.stage, region, account, values: valuesOf(applied) };
};

const policyOf = ({ resources }: Applied, name: string): Policy | undefined => {
  const found = allOf(resources, 'aws_iam_policy').find((policy) => policy.name === name);
  return found && (JSON.parse(found.policy) as Policy);
};

export const boundaryRules: readonly Rule<Applied>[] = [
  {
    name: 'whatever a role of the stack may touch is within its permission boundary',
    broken: (applied) => {
      const place = placeOf(applied);
      const outside = applied.names.statements.flatMap(({ role, boundary, statement }) => {
        const name = `evenkeel-${applied.stage}-boundary-${boundary}`;
        const policy = policyOf(applied, name);
        if (!policy) return [`${name} is missing`];
        return resourcesIn(statement, place).flatMap((resource) =>
          statement.Action.filter((action) => !allows(policy, action, resource)).map(
            (action) => `${role}: ${action} on ${resource} is outside`,
          ),
        );
      });
      return [...new Set(outside)];
    },
  },
];

export const trafficRules: readonly Rule<Applied>[] = [
  {
    name: 'each slot has its target group, and the manifests bind it',
    broken: (applied) => [
      ...differences(slotsOf(applied), namesOf(applied, 'aws_lb_target_group')),
      ...differences(
        slotsOf(applied),
        applied.objects.filter(({ kind }) => kind === 'TargetGroupBinding').map(({ metadata }) => metadata.name),
      ),
    ],
  },
  {
    name: 'a rule of TRAFFIC_RULES forwards to exactly the groups of its slots',
    broken: (applied) =>
      Object.entries(routesOf(applied)).flatMap(([service, { rule, blue, green }]) => {
        const found = allOf(applied.resources, 'aws_lb_listener_rule').find(({ arn }) => arn === rule);
        const groups = found?.action?.[0]?.forward?.[0]?.target_group ?? [];
        return differences(
          [blue, green],
          groups.map(({ arn }: { arn: string }) => arn),
        ).map((difference) => `${service}: ${difference}`);
      }),
  },
  {
    name: 'each alarm of the catalog exists and acts',
    broken: ({ catalog, resources }) => {
      const acting = allOf(resources, 'aws_cloudwatch_metric_alarm').filter((alarm) => alarm.alarm_actions?.length > 0);
      const names = new Set(acting.map(({ alarm_name: name }) => name));
      const wanted = catalog.services.flatMap(({ alarms }) => alarms);
      return wanted.filter((name) => !names.has(name)).map((name) => `${name} is missing or tells nobody`);
    },
  },
  {
    name: 'alarms of the catalog judge the metrics that a watch reads',
    broken: ({ catalog, resources, names: { traffic } }) => {
      const wanted = new Set(catalog.services.flatMap(({ alarms }) => alarms));
      return allOf(resources, 'aws_cloudwatch_metric_alarm')
        .filter(({ alarm_name: name }) => wanted.has(name))
        .flatMap(({ alarm_name: name, metric_query: queries }) => {
          const metrics = queries.flatMap(({ metric }: { metric?: object[] }) => metric ?? []);
          const others = metrics.filter(
            ({ namespace, metric_name: metric, dimensions }: Record<string, string>) =>
              namespace !== traffic.namespace ||
              !traffic.metrics.some((known) => known === metric) ||
              differences(traffic.dimensions, Object.keys(dimensions ?? {})).length > 0,
          );
          if (metrics.length === 0) return [`${name} reads no metric`];
          return others.map(
            ({ namespace, metric_name: metric }: Record<string, string>) => `${name} reads ${namespace}/${metric}`,
          );
        });
    },
  },
];

export const appliedRules: readonly Rule<Applied>[] = [
  ...parameterRules,
  ...accessRules,
  ...boundaryRules,
  ...trafficRules,
];
