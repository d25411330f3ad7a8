import { metricsOf } from './expression.ts';
import { rulesOf, type Stack, titleOf } from './stack.ts';

/** What must hold of the stack. `broken` tells where it does not, in words that lead to the place. */
export type StackRule = { name: string; broken(stack: Stack): readonly string[] };
export type Finding = { rule: string; what: string };

export const severities = ['critical', 'warning', 'none'] as const;
const sections = ['Meaning', 'What to look at', 'What to do'];
const firing = 'ALERTS{alertstate="firing"}';

const alertsOf = (stack: Stack) => rulesOf(stack).filter(({ rule }) => rule.alert);
const testedIn = ({ tests }: Stack, file: string) =>
  tests.filter(({ rule_files }) => rule_files.includes(`${file}.yaml`)).flatMap(({ tests: cases }) => cases);
const expectations = (stack: Stack, file: string) => testedIn(stack, file).flatMap((one) => one.promql_expr_test ?? []);

/** Alerts that an expectation says to fire at its moment; undefined when it is about something else. */
const firingAt = ({ expr, exp_samples }: { expr: string; exp_samples?: { labels: string }[] }): string[] | undefined =>
  expr.includes(firing)
    ? (exp_samples ?? []).map(({ labels }) => /alertname="(\w+)"/.exec(labels)?.[1] ?? '')
    : undefined;

const has = (text: string | undefined): boolean => (text ?? '').trim() !== '';

export const stackRules: readonly StackRule[] = [
  {
    name: 'every alert has a severity, a summary, a description and a runbook',
    broken: (stack) =>
      alertsOf(stack).flatMap(({ file, rule: { alert, labels, annotations } }) => [
        ...(severities.some((one) => one === labels?.severity)
          ? []
          : [`${file}: ${alert}: severity is ${labels?.severity ?? 'missing'}, allowed are ${severities.join(', ')}`]),
        ...['summary', 'description', 'runbook_url']
          .filter((field) => !has(annotations?.[field]))
          .map((field) => `${file}: ${alert}: ${field} is missing`),
      ]),
  },
  {
    name: 'every runbook link leads to a file that says what it means, what to look at and what to do',
    broken: (stack) =>
      alertsOf(stack).flatMap(({ file, rule }) => {
        const link = rule.annotations?.runbook_url ?? '';
        const wanted = /\/blob\/main\/docs\/runbooks\/([\w-]+\.md)$/.exec(link)?.[1];
        const text = stack.runbooks.find(({ name }) => name === wanted)?.text;
        if (text === undefined) return [`${file}: ${rule.alert}: no file in docs/runbooks for "${link}"`];
        return sections
          .filter((section) => !new RegExp(`^## ${section}\\n\\n\\S`, 'm').test(text))
          .map((section) => `docs/runbooks/${wanted}: section "${section}" is missing or empty`);
      }),
  },
  {
    name: 'every alert is tested to fire and to stay quiet, every recording for its value',
    broken: (stack) =>
      rulesOf(stack).flatMap(({ file, rule }) => {
        const expected = expectations(stack, file);
        const moments = expected.map(firingAt).filter((names) => names !== undefined);
        if (rule.record) {
          const seen = expected.some(({ expr, exp_samples }) => expr.includes(rule.record) && exp_samples?.length > 0);
          return seen ? [] : [`${file}: ${rule.record}: no test expects a value`];
        }
        const name = rule.alert ?? '';
        return [
          ...(moments.some((names) => names.includes(name)) ? [] : [`${file}: ${name}: no test in which it fires`]),
          // The heartbeat never is.
          ...(rule.expr === 'vector(1)' || moments.some((names) => !names.includes(name))
            ? []
            : [`${file}: ${name}: no test in which it is quiet`]),
        ];
      }),
  },
  {
    name: 'a counter of failures that was never written is a zero',
    broken: (stack) =>
      rulesOf(stack)
        .filter(({ rule: { expr } }) => /5\.\.|outcome="failed"|_(errors|failed|throttles)_sum(?!,)/.test(expr))
        .filter(
          ({ rule: { expr, record } }) =>
            !/\bor (vector\(0\)|0 \*)/.test(expr) && record !== 'machine:executions_failed:sum',
        )
        .map(({ file, rule }) => `${file}: ${titleOf(rule)}: lacks "or vector(0)" or "or 0 * <total>"`),
  },
  {
    name: 'every metric is exported by something that is named in k8s/monitoring/metrics.yaml',
    broken: (stack) => {
      const known = new Set([
        ...stack.sources.flatMap(({ source, metrics }) => (has(source) ? metrics : [])),
        ...rulesOf(stack).map(({ rule }) => rule.record ?? ''),
      ]);
      const used = [
        ...rulesOf(stack).map(({ file, rule }) => ({ where: `${file}: ${titleOf(rule)}`, expression: rule.expr })),
        ...stack.queries.map(({ dashboard, panel, expression }) => ({ where: `${dashboard}: ${panel}`, expression })),
      ];
      return used.flatMap(({ where, expression }) =>
        metricsOf(expression)
          .filter((metric) => !known.has(metric))
          .map((metric) => `${where}: nothing is known to export "${metric}"`),
      );
    },
  },
  {
    // An autoscaler that asks for what nobody serves cannot tell how many pods are needed, and then takes none away.
    name: 'every metric of pods that an autoscaler asks for is served, exported and may be read',
    broken: ({ asked, served, sources }) =>
      asked.flatMap(({ autoscaler, metric }) => {
        const found = served.find((one) => one.metric === metric);
        if (!found) return [`${autoscaler} asks for "${metric}", the adapter serves ${namesOf(served)}`];
        const exported = sources.some(({ metrics }) => metrics.includes(found.series));
        return [
          ...(exported ? [] : [`${autoscaler}: nothing is known to export "${found.series}"`]),
          ...(found.readable ? [] : [`${autoscaler}: no ClusterRole lets autoscalers read pods/${metric}`]),
        ];
      }),
  },
];

const namesOf = (served: Stack['served']): string => served.map(({ metric }) => metric).join(', ') || 'nothing';

export const findingsOf = (stack: Stack, rules: readonly StackRule[] = stackRules): Finding[] =>
  rules.flatMap(({ name, broken }) => broken(stack).map((what) => ({ rule: name, what })));
