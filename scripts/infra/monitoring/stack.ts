import type { Anything, Overlay } from '../kubernetes/manifests.ts';

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
};

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
