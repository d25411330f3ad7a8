import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { readExceptions, unexplained, unneeded } from '../../scripts/infra/scanner/exceptions.ts';
import { kubernetesPlace, readScan, terraformPlace } from '../../scripts/infra/scanner/findings.ts';

const finding = { check: 'CKV_AWS_18', says: 'log', place: 'terraform/modules/edge aws_s3_bucket.logs' };
const exception = { check: finding.check, place: finding.place, reason: 'holds logs itself' };

test('a finding with a reason is explained, any other is not', () => {
  expect(unexplained([finding], [exception])).toEqual([]);
  expect(unexplained([{ ...finding, check: 'CKV_AWS_19' }], [exception])).toHaveLength(1);
});

test('an exception that nothing needs is told', () => {
  expect(unneeded([], [exception])).toEqual([exception]);
});

test('the exceptions are read, each with a reason', async () => {
  const all = readExceptions(await readFile('scripts/infra/scanner/exceptions.yml', 'utf8'));
  expect(new Set(all.map(({ check, place }) => `${check} ${place}`)).size).toBe(all.length);
});

test('all problems of the file are told at once', () => {
  expect(() => readExceptions('- { checks: [X], places: [], reason: no }')).toThrow(
    /0\.checks\.0.*0\.places.*0\.reason/,
  );
});

test('a place does not depend on who calls the module', () => {
  const result = { check_id: 'CKV_AWS_18', check_name: 'log', file_path: '/modules/edge/logs.tf' };
  expect(terraformPlace({ ...result, resource: 'module.edge[0].aws_s3_bucket.logs["a.b"]' })).toBe(finding.place);
  expect(kubernetesPlace({ ...result, resource: 'Deployment.mcp-ui.mcp-manager-green' })).toBe(
    'k8s Deployment mcp-manager-*',
  );
});

test('what checkov could not read is told', () => {
  const report = { results: { failed_checks: [], parsing_errors: ['/a.tf'] }, summary: { resource_count: 0 } };
  expect(readScan(JSON.stringify(report), terraformPlace)).toEqual({ findings: [], resources: 0, unread: ['/a.tf'] });
});
