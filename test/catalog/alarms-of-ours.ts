import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { resourceOf } from '../../lib/domain/remediation/resource-of.ts';
import { alarms as stackAlarms } from '../../serverless/alarms.ts';

type Alarm = { source: 'cloudwatch' | 'alertmanager'; name: string; labels: Record<string, string> };
const production = 'evenkeel-production';
const read = (path: string) => readFileSync(path, 'utf8');

/** By the words in a name of Terraform: what they stand for in production. */
const words: Readonly<Record<string, readonly string[]>> = {
  'local.name': [production],
  id: [production],
  service: ['mcp-manager', 'mcp-frontend'],
  'each.key': ['mcp-manager'],
  slot: ['blue'],
  kind: ['error-ratio', 'latency'],
};

/** One name for each meaning of each of its words. Errors: a plain one for a word that nobody knows. */
const filled = (name: string): string[] => {
  const [whole, word] = /\$\{([^}]+)\}/.exec(name) ?? [];
  if (whole === undefined || word === undefined) return [name];
  const meanings = words[word];
  if (!meanings) throw new Error(`${name}: say what ${word} stands for`);
  return meanings.flatMap((meaning) => filled(name.replace(whole, meaning)));
};

/** The names in a part of Terraform: keys of tables of alarms, and the `alarm_name`s that are written out. */
const namesIn = (path: string): string[] =>
  [...read(path).matchAll(/"(\$\{[^"]+)"\s*=>?\s*(?:\{$|merge\(alarm)|\balarm_name\s*=\s*"([^"]+)"/gm)].flatMap(
    ([, key, name]) => filled(key ?? name ?? ''),
  );

const modules = 'terraform/modules';
const terraformFiles = [
  'observability/alarms.tf',
  'observability/traffic-alarms.tf',
  'recovery/alarms.tf',
  'edge/health.tf',
];

const dimensionOf = (name: string): Record<string, string> => {
  if (/-database-/.test(name)) return { DBInstanceIdentifier: production };
  return /-cache-/.test(name) ? { CacheClusterId: `${production}-001` } : {};
};

const ofTerraform = (): Alarm[] =>
  terraformFiles
    .flatMap((file) => namesIn(join(modules, file)))
    .map((name) => ({ source: 'cloudwatch', name, labels: dimensionOf(name) }));

const ofStack = (): Alarm[] =>
  Object.keys(stackAlarms).map((key) => ({
    source: 'cloudwatch',
    name: `${production}-${key.replace(/Alarm$/, '')}`,
    labels: {},
  }));

type Rule = { alert?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
type Rules = { spec: { groups: { rules: Rule[] }[] } };
/** One value for each label that the alert's own words use. */
const samples = { job: 'mcp-manager', namespace: 'mcp-ui', node: 'node-1' };
const pods = ['mcp-manager-blue-1', 'mcp-frontend-blue-1'];

const labelsOf = ({ alert = '', labels = {}, annotations = {} }: Rule): Record<string, string>[] => {
  const says = JSON.stringify(annotations);
  const uses = (label: string) => says.includes(`$labels.${label} `);
  const used = Object.fromEntries(Object.entries(samples).filter(([label]) => uses(label)));
  const all = { ...used, ...labels, alertname: alert };
  return uses('pod') ? pods.map((pod) => ({ ...all, pod })) : [all];
};

const ofPrometheus = (): Alarm[] => {
  const folder = 'k8s/monitoring/base/rules';
  const files = readdirSync(folder).map((file) => parse(read(join(folder, file))) as Partial<Rules>);
  const rules = files.flatMap(({ spec }) => spec?.groups ?? []).flatMap((group) => group.rules);
  return rules.flatMap((rule) =>
    rule.alert ? labelsOf(rule).map((labels) => ({ source: 'alertmanager', name: rule.alert ?? '', labels })) : [],
  );
};

/** Every alarm that Terraform, the stack and Prometheus define, each as it would fire in production. */
export const alarmsOfOurs = (catalog: Catalog): AlarmChange[] =>
  [...ofTerraform(), ...ofStack(), ...ofPrometheus()].map(({ source, name, labels }) => ({
    ...{ source, name, labels, resource: resourceOf(name, labels, catalog) },
    ...{ state: 'firing', at: '2026-05-01T10:00:00.000Z', says: 'it fires' },
  }));
