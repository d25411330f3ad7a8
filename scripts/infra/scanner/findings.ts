/** One finding of checkov, at a place that stays the same whoever calls the module and whichever overlay renders it. */
export type Finding = { check: string; says: string; place: string };

type Result = { check_id: string; check_name: string; resource: string; file_path: string };
type Report = { results?: { failed_checks: Result[]; parsing_errors: string[] }; summary?: { resource_count: number } };
export type Scan = { findings: readonly Finding[]; resources: number; unread: readonly string[] };

/** What checkov prints with `-o json`: one report, or a list of them. */
export const readScan = (output: string, placeOf: (result: Result) => string): Scan => {
  const parsed = JSON.parse(output) as Report | Report[];
  const reports = Array.isArray(parsed) ? parsed : [parsed];
  const failed = reports.flatMap(({ results }) => results?.failed_checks ?? []);
  const byKey = new Map(failed.map((result) => [`${result.check_id} ${placeOf(result)}`, findingOf(result, placeOf)]));
  return {
    findings: [...byKey.values()],
    resources: reports.reduce((sum, { summary }) => sum + (summary?.resource_count ?? 0), 0),
    unread: reports.flatMap(({ results }) => results?.parsing_errors ?? []),
  };
};

const findingOf = (result: Result, placeOf: (result: Result) => string): Finding => ({
  check: result.check_id,
  says: result.check_name,
  place: placeOf(result),
});

/** `terraform/modules/edge aws_s3_bucket.logs`, whatever calls the module and however many there are of it. */
export const terraformPlace = ({ file_path, resource }: Result): string => {
  const folder = file_path.split('/').slice(0, -1).join('/');
  const name = resource.replaceAll(/\[[^\]]*\]/g, '').replace(/^(module\.[\w-]+\.)+/, '');
  return `terraform${folder} ${name}`;
};

/** `k8s Deployment mcp-frontend-*`: the slots of a service are one place. */
export const kubernetesPlace = ({ resource }: Result): string => {
  const [kind = '', , ...name] = resource.split('.');
  return `k8s ${kind} ${name.join('.').replace(/-(blue|green)$/, '-*')}`;
};
