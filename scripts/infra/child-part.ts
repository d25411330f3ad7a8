import { finished } from './finished.ts';
import { root } from './kubernetes/cache.ts';
import type { Counts, Part } from './part.ts';

type ChildReport = Record<string, unknown> & { problems?: string[] };

/**
 * A part that is a command of its own and prints one JSON object as its last line. `pick` says which of its counts are
 * which of ours; a count that it does not print is a problem, and so is an exit code without a reason.
 */
export const childPart =
  (script: string, pick: Readonly<Partial<Record<keyof Counts, string>>>): Part =>
  async (say) => {
    const options = { cwd: root, env: process.env };
    const { code, out, errors } = await finished(process.execPath, [script, '--json'], options);
    const report = lastObject(out);
    say(out.trim().split('\n').at(-1) ?? '');
    const wanted = Object.entries(pick);
    const missing = wanted.filter(([, name]) => typeof report[name] !== 'number').map(([, name]) => name);
    const problems = [
      ...(report.problems ?? []),
      ...missing.map((name) => `${script}: rule "each part prints its counts": no number "${name}"`),
    ];
    if (code !== 0) problems.push(`${script} ended with ${code} ${errors.trim().split('\n').at(-1)}`);
    return { counts: Object.fromEntries(wanted.map(([count, name]) => [count, Number(report[name] ?? 0)])), problems };
  };

const lastObject = (out: string): ChildReport => {
  try {
    return JSON.parse(out.trim().split('\n').at(-1) ?? '') as ChildReport;
  } catch {
    return {};
  }
};
