/** What `terraform test -json` tells of one folder. */
export type RuleReport = { passed: number; problems: readonly string[] };

type Line = {
  type?: string;
  '@testrun'?: string;
  '@testfile'?: string;
  diagnostic?: { severity: string; summary: string; detail: string };
  test_run?: { path: string; run: string; progress?: string; status?: string };
};

/** Each run is a rule. `place` leads to the folder. A folder without any rule is a problem, and so is a skipped rule. */
export const readRules = (place: string, output: string): RuleReport => {
  const lines = output.split('\n').filter(Boolean).map(readLine);
  const ended = lines.flatMap(({ test_run: run }) => (run?.status && run.status !== 'pending' ? [run] : []));
  const byRun = new Map(ended.map((run) => [`${run.path}:${run.run}`, run]));
  const results = [...byRun.values()];
  const broken = results.filter(({ status }) => status !== 'pass');
  const causes = lines.filter(({ diagnostic }) => diagnostic?.severity === 'error');
  const causesOf = (rule: string) => causes.filter((line) => line['@testrun'] === rule).map(wording);
  return {
    passed: results.length - broken.length,
    problems: [
      ...broken.map(({ run, status }) => `${place}: rule "${run}": ${causesOf(run).join('; ') || status}`),
      ...causes.filter((line) => !line['@testrun']).map((line) => `${place}: ${wording(line)}`),
      ...(results.length === 0 ? [`${place}: rule "every folder has tests": none ran`] : []),
    ],
  };
};

const readLine = (line: string): Line => {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return { diagnostic: { severity: 'error', summary: line, detail: '' } };
  }
};

const wording = ({ diagnostic }: Line): string =>
  [diagnostic?.summary, diagnostic?.detail].filter(Boolean).join(': ').replaceAll(/\s+/g, ' ');
