/**
 * `node scripts/infra/terraform/diagram.ts`: writes the diagram of docs/infrastructure.md anew. Modules and what they make
 * come from their files; who hands what to whom comes from what production is put together of.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Configuration, readConfiguration } from '../drift/configuration.ts';
import { root } from '../kubernetes/cache.ts';

export const documentFile = join(root, 'docs/infrastructure.md');
const fence = /```mermaid\n[\s\S]*?```/;

/** What makes a module what it is; its rules, policies and attachments would hide that. */
const shown = [
  'aws_vpc',
  'aws_nat_gateway',
  'aws_vpc_endpoint',
  'aws_flow_log',
  'aws_eks_cluster',
  'aws_eks_node_group',
  'aws_eks_addon',
  'aws_db_instance',
  'aws_elasticache_replication_group',
  'aws_lb',
  'aws_lb_target_group',
  'aws_acm_certificate',
  'aws_cloudfront_distribution',
  'aws_wafv2_web_acl',
  'aws_iam_role',
  'aws_kms_key',
  'aws_prometheus_workspace',
  'aws_grafana_workspace',
  'aws_opensearch_domain',
  'aws_cloudwatch_metric_alarm',
  'aws_sns_topic',
  'aws_backup_vault',
  'aws_s3_bucket',
  'aws_budgets_budget',
  'aws_ce_anomaly_monitor',
  'aws_ecr_repository',
  'aws_ssm_parameter',
];

const composition = 'terraform/environments/production';

/** The diagram as text, for a document. */
export const drawn = async (): Promise<string> => {
  const modules = (await readdir(join(root, 'terraform/modules'))).sort();
  const nodes = await Promise.all(modules.map(nodeOf));
  const { module } = await readConfiguration(composition);
  return ['```mermaid', 'flowchart LR', ...nodes, ...handedOver(module), '```'].join('\n');
};

const nodeOf = async (module: string): Promise<string> => {
  const { resource } = await readConfiguration(`terraform/modules/${module}`);
  const made = shown.filter((type) => resource[type]).map((type) => type.replace(/^aws_/, '').replaceAll('_', ' '));
  return `  ${module}["<b>${module}</b>${made.map((type) => `<br/>${type}`).join('')}"]`;
};

/** Whose outputs are in whose values. Keys go to all, so that their arrows would hide the others. */
const handedOver = (modules: Configuration['module']): string[] => {
  const links = Object.values(modules).flatMap(([block]) => {
    const values = JSON.stringify(block);
    const sources = [...values.matchAll(/module\.([\w-]+)\./g)].map(([, name = '']) => sourceOf(modules, name));
    const target = sourceOf(modules, block);
    return sources
      .filter((source) => source !== target && source !== 'encryption')
      .map((source) => `  ${source} --> ${target}`);
  });
  return [...new Set(links)].sort();
};

/** Several parts of a composition may be of one module, or of a part of it. */
const sourceOf = (modules: Configuration['module'], part: string | { source: string }): string => {
  const source = typeof part === 'string' ? String(modules[part]?.[0]?.source) : part.source;
  return /modules\/([\w-]+)/.exec(source)?.[1] ?? source;
};

/** The document with the diagram as it should be. */
export const withDiagram = (document: string, diagram: string): string => document.replace(fence, () => diagram);

if (process.argv[1] === import.meta.filename) {
  await writeFile(documentFile, withDiagram(await readFile(documentFile, 'utf8'), await drawn()));
}
