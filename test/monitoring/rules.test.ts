import { describe, expect, test } from '@jest/globals';
import { metricsOf, withoutVariables } from '../../scripts/infra/monitoring/expression.ts';
import { readRules, readTests } from '../../scripts/infra/monitoring/read.ts';
import { routingRules } from '../../scripts/infra/monitoring/routing.ts';
import { findingsOf } from '../../scripts/infra/monitoring/rules.ts';
import { type Setup, setupRules } from '../../scripts/infra/monitoring/setup.ts';
import type { PromRule, Stack } from '../../scripts/infra/monitoring/stack.ts';

const text = '## Meaning\n\na\n\n## What to look at\n\nb\n\n## What to do\n\nc\n';
const fires = {
  expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
  exp_samples: [{ labels: '{alertname="Down"}' }],
};
const quiet = { ...fires, exp_samples: [] };
const goodAlert: PromRule = {
  alert: 'Down',
  expr: 'up{job="a"} == 0',
  labels: { severity: 'critical' },
  annotations: { summary: 's', description: 'd', runbook_url: 'https://h/blob/main/docs/runbooks/down.md' },
};
const goodSetup: Setup = {
  readDatabases: ['shop'],
  madeDatabases: ['shop', 'shop'],
  secrets: { grafana: ['password'] },
  logins: ['reader'],
  readme: '--name "evenkeel/$STAGE/monitoring/grafana" {"password": ""} CREATE ROLE reader LOGIN',
};
const aStack = (rule: Partial<PromRule> = {}, rest: Partial<Stack> = {}): Stack => ({
  files: [{ name: 'f', groups: [{ name: 'g', rules: [{ ...goodAlert, ...rule }] }] }],
  tests: [{ name: 'f', rule_files: ['f.yaml'], tests: [{ promql_expr_test: [fires, quiet] }] }],
  queries: [],
  sources: [{ from: 'Prometheus', source: 'docs', metrics: ['up'] }],
  runbooks: [{ name: 'down.md', text }],
  configurations: [],
  asked: [{ autoscaler: 'shop', metric: 'up' }],
  served: [{ metric: 'up', series: 'up', readable: true }],
  setup: goodSetup,
  ...rest,
});
const toldOf = (stack: Stack): string[] => findingsOf(stack).map(({ rule, what }) => `${rule}: ${what}`);

describe('rules about rules', () => {
  test('a good alert is not told of', () => expect(toldOf(aStack())).toEqual([]));

  test.each([
    [
      'a severity that nobody routes',
      aStack({ labels: { severity: 'urgent' } }),
      /severity is urgent, allowed are critical, warning, none/,
    ],
    ['no summary', aStack({ annotations: { ...goodAlert.annotations, summary: ' ' } }), /summary is missing/],
    ['a runbook that is not there', aStack({}, { runbooks: [] }), /no file in docs\/runbooks/],
    [
      'a runbook without a section',
      aStack({}, { runbooks: [{ name: 'down.md', text: text.replace('Meaning', '') }] }),
      /section "Meaning"/,
    ],
    ['no test at all', aStack({}, { tests: [] }), /no test in which it fires/],
    [
      'a test that only fires',
      aStack({}, { tests: [{ name: 'f', rule_files: ['f.yaml'], tests: [{ promql_expr_test: [fires] }] }] }),
      /no test in which it is quiet/,
    ],
    ['a metric that nothing exports', aStack({ expr: 'ups == 0' }), /nothing is known to export "ups"/],
    [
      'a query of a metric that nothing exports',
      aStack({}, { queries: [{ dashboard: 'd', panel: 'p', expression: 'rate(x[5m])' }] }),
      /d: p: nothing is known to export "x"/,
    ],
    [
      'failures that are missing and not zero',
      aStack({ expr: 'sum(aws_lambda_errors_sum) > 0' }),
      /lacks "or vector\(0\)"/,
    ],
    [
      'an autoscaler that asks for what the adapter does not serve',
      aStack({}, { asked: [{ autoscaler: 'shop', metric: 'connections' }] }),
      /shop asks for "connections", the adapter serves up/,
    ],
    [
      'an adapter that serves a series which nothing exports',
      aStack({}, { served: [{ metric: 'up', series: 'upp', readable: true }] }),
      /shop: nothing is known to export "upp"/,
    ],
    [
      'a metric that autoscalers may not read',
      aStack({}, { served: [{ metric: 'up', series: 'up', readable: false }] }),
      /no ClusterRole lets autoscalers read pods\/up/,
    ],
  ])('%s is refused', (_, stack, message) => expect(toldOf(stack).join('\n')).toMatch(message));

  test('a rule of the repository that is mutated is refused by name', async () => {
    const files = structuredClone(await readRules()) as unknown as { groups: { rules: PromRule[] }[] }[];
    const rules = files.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    const mutated = rules.find(({ alert }) => alert === 'RedisDown');
    if (mutated) mutated.alert = 'RedisGone';
    const told = toldOf(aStack({}, { files: files as never, tests: await readTests() }));
    expect(told).toContain(
      'every alert is tested to fire and to stay quiet, every recording for its value: redis: RedisGone: no test in which it fires',
    );
  });
});

describe('rules about what must be there first', () => {
  const toldOfSetup = (change: Partial<Setup>) =>
    findingsOf(aStack({}, { setup: { ...goodSetup, ...change } }), setupRules).map(({ what }) => what);

  test('a good setup is not told of', () => expect(toldOfSetup({})).toEqual([]));
  test.each([
    ['another database', { readDatabases: ['mcp'] }, 'datasources.yaml names mcp, Terraform makes shop'],
    ['a secret', { secrets: { mail: [] } }, 'k8s/monitoring/README.md does not tell how to make mail'],
    ['a key', { secrets: { grafana: ['token'] } }, 'k8s/monitoring/README.md: grafana lacks the key token'],
    ['a login', { logins: ['writer'] }, 'k8s/monitoring/README.md lacks CREATE ROLE writer LOGIN'],
  ])('%s that nobody makes is told of', (_, change, told) => expect(toldOfSetup(change)).toEqual([told]));
});

describe('rules about routing', () => {
  const receiver = {
    name: 'page',
    slack_configs: [{ channel: '#a' }],
    pagerduty_configs: [{}],
    email_configs: [{ to: 'a@b' }],
  };
  const toldOfRouting = (receivers: object[], more: object = {}) =>
    findingsOf(
      aStack(
        {},
        { configurations: [{ overlay: 'o', yaml: '', parsed: { route: { receiver: 'page' }, receivers, ...more } }] },
      ),
      routingRules,
    ).map(({ what }) => what);

  test('a good configuration is not told of', () => expect(toldOfRouting([receiver])).toEqual([]));
  test.each(['', ' ', 'a@b,', 'set-by-the-overlay'])('the recipients "%s" are refused', (to) =>
    expect(toldOfRouting([{ ...receiver, email_configs: [{ to }] }])).toEqual([
      expect.stringContaining('email_configs.to'),
    ]),
  );
  test('a receiver without a channel is refused', () =>
    expect(toldOfRouting([receiver, { name: 'nobody' }])).toEqual(['o: receiver "nobody" has no channel']));
  test('a secret in the configuration is refused', () =>
    expect(toldOfRouting([receiver], { global: { slack_api_url: 'https://x' } })).toEqual([
      'o: /global/slack_api_url: name a file instead (slack_api_url_file)',
    ]));
});

test('the metrics of an expression are its series, not its labels, functions and words', () =>
  expect(
    metricsOf(
      'sum by (job, le) (rate(a_total{code=~"5..",x="y z"}[5m])) / on (job) group_left (q) b:c > 0 or vector(0)',
    ),
  ).toEqual(['a_total', 'b:c']));
test('variables of a dashboard have values', () =>
  expect(withoutVariables('rate(a{job="$job"}[$__rate_interval])')).toBe('rate(a{job="any"}[5m])'));
