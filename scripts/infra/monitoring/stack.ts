import { parse } from 'yaml';
import type { Anything, Overlay } from '../kubernetes/manifests.ts';
import type { Setup } from './setup.ts';

/** A recording rule has `record`, an alert has `alert`. */
export type PromRule = {
  record?: string;
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};
export type RuleFile = { name: string; groups: readonly { name: string; rules: readonly PromRule[] }[] };
export type TestFile = { name: string; rule_files: readonly string[]; tests: readonly Anything[] };
export type Query = { dashboard: string; panel: string; expression: string };
export type MetricSource = { from: string; source: string; metrics: readonly string[] };
export type Runbook = { name: string; text: string };

/** All that the rules of this check look at. */
export type Stack = {
  files: readonly RuleFile[];
  tests: readonly TestFile[];
  queries: readonly Query[];
  sources: readonly MetricSource[];
  runbooks: readonly Runbook[];
  /** Configurations of Alertmanager, by overlay. */
  configurations: readonly { overlay: string; yaml: string; parsed: Anything }[];
  /** What autoscalers of the services ask of their pods, and what the adapter gives them. */
  asked: readonly { autoscaler: string; metric: string }[];
  served: readonly ServedMetric[];
  setup: Setup;
};

/** `series` is what the adapter looks for in Prometheus; `readable` says that autoscalers have the right to it. */
export type ServedMetric = { metric: string; series: string; readable: boolean };

export const rulesOf = ({ files }: Pick<Stack, 'files'>) =>
  files.flatMap(({ name, groups }) => groups.flatMap(({ rules }) => rules.map((rule) => ({ file: name, rule }))));

export const titleOf = ({ alert, record }: PromRule): string => alert ?? record ?? '(neither alert nor record)';

export const ruleFilesOf = ({ objects }: Overlay): RuleFile[] =>
  objects
    .filter(({ kind }) => kind === 'PrometheusRule')
    .map(({ metadata, spec }) => ({ name: metadata.name, ...spec }));

/** Grafana's dashboards, by file name without `.json`. */
export const dashboardsOf = ({ objects }: Overlay): { name: string; panels: readonly Anything[] }[] =>
  objects
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('grafana-dashboards'))
    .flatMap(({ data = {} }) => Object.entries(data))
    .map(([file, text]) => ({ name: file.replace('.json', ''), panels: JSON.parse(text).panels }));

export const queriesOf = (overlay: Overlay): Query[] =>
  dashboardsOf(overlay).flatMap(({ name, panels }) =>
    panels.flatMap(({ title, targets }) =>
      targets
        .filter(({ expr }: Anything) => expr !== undefined)
        .map(({ expr }: Anything) => ({ dashboard: name, panel: title, expression: expr })),
    ),
  );

/** The metrics of pods that the autoscalers of an overlay ask for. */
export const askedOf = ({ objects }: Overlay): Stack['asked'] =>
  objects
    .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
    .flatMap(({ metadata, spec }) =>
      (spec.metrics ?? [])
        .filter(({ type }: Anything) => type === 'Pods')
        .map(({ pods }: Anything) => ({ autoscaler: metadata.name, metric: pods.metric.name })),
    );

/** What the adapter of the monitoring's overlay serves. */
export const servedOf = ({ objects }: Overlay): ServedMetric[] => {
  const configuration = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('prometheus-adapter'),
  );
  const granted = objects
    .filter(({ kind }) => kind === 'ClusterRole')
    .flatMap(({ rules = [] }) => rules)
    .filter(({ apiGroups, verbs }) => apiGroups.includes('custom.metrics.k8s.io') && verbs.includes('get'))
    .flatMap(({ resources }) => resources);
  const { rules = [] } = parse(configuration?.data?.['adapter.yml'] ?? '') ?? {};
  return rules.map(({ seriesQuery, name }: Anything) => ({
    metric: name?.as ?? seriesQuery.split('{')[0],
    series: seriesQuery.split('{')[0],
    readable: granted.includes(`pods/${name?.as}`),
  }));
};
