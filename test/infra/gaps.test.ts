import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { gapProblems, missingOn, readGaps, readGraph, targetsOf } from '../../scripts/infra/terraform/gaps.ts';
import { readRules } from '../../scripts/infra/terraform/rules.ts';

const graph = readGraph(`digraph G {
  "module.a.aws_x.one" [label="aws_x.one"];
  "module.a.aws_x.two" [label="aws_x.two"];
  "module.a.data.aws_y.three" [label="data.aws_y.three"];
  "module.b.aws_z.four" [label="aws_z.four"];
  "module.a.aws_x.two" -> "module.a.aws_x.one";
  "module.b.aws_z.four" -> "module.a.aws_x.two";
}`);
const gap = { address: 'module.a.aws_x.two', reason: 'moto has none' };

test('what needs a gap is left out as well', () => {
  expect([...missingOn(graph, [gap])].sort()).toEqual(['module.a.aws_x.two', 'module.b.aws_z.four']);
  expect(targetsOf(graph, [gap])).toEqual(['module.a.aws_x.one']);
});

test('without gaps nothing is aimed at, so all is applied', () => {
  expect(targetsOf(graph, [])).toEqual([]);
});

test('a resource that is left out must occur in the tests of its module', () => {
  const problems = gapProblems(graph, [gap], (module) => (module === 'a' ? 'aws_x.two' : ''));
  expect(problems).toEqual([expect.stringContaining('module.b.aws_z.four')]);
});

test('a gap that names nothing is a problem', () => {
  const problems = gapProblems(graph, [{ address: 'module.a.aws_x.gone', reason: '' }], () => 'aws_x.gone');
  expect(problems).toEqual([expect.stringContaining('module.a.aws_x.gone is none')]);
});

test('each row of terraform/moto-gaps.md has a reason, and no address is named twice', async () => {
  const gaps = readGaps(await readFile('terraform/moto-gaps.md', 'utf8'));
  expect(gaps.filter(({ reason }) => reason.length < 10)).toEqual([]);
  expect(new Set(gaps.map(({ address }) => address)).size).toBe(gaps.length);
});

test('a row that is none is refused with its text', () => {
  expect(() => readGaps('| `module.a` reason |')).toThrow('expected rows');
});

const run = (name: string, status: string) => JSON.stringify({ test_run: { path: 'tests/rules', run: name, status } });

test('a broken rule is named with its cause', () => {
  const cause = {
    '@testrun': 'rule_two',
    diagnostic: { severity: 'error', summary: 'Test assertion failed', detail: 'Must.' },
  };
  const report = readRules(
    'here',
    [run('rule_one', 'pass'), JSON.stringify(cause), run('rule_two', 'fail')].join('\n'),
  );
  expect(report).toEqual({ passed: 1, problems: ['here: rule "rule_two": Test assertion failed: Must.'] });
});

test('a skipped rule does not hold, and neither does a folder without rules', () => {
  expect(readRules('here', run('rule_one', 'skip')).problems).toHaveLength(1);
  expect(readRules('here', '').problems).toHaveLength(1);
});
