import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ConfigInvalid } from '../../contracts/failures.ts';
import { publicKeyOf } from '../../domain/transparency/tree-head.ts';
import { problemsOf } from '../../runtime/problems.ts';

/** A log, by what its readers must know. `key`: DER in base64. `url` ends with `/`. */
export type ListedLog = { name: string; url: string; key: string; kind: 'rfc6962' | 'static-ct' };

const text = v.pipe(v.string(), v.minLength(1));
const url = v.pipe(v.string(), v.url('expected a URL'), v.endsWith('/', 'expected a URL that ends with /'));
const isKey = (text: string): boolean => {
  try {
    return publicKeyOf(text).type === 'public';
  } catch {
    return false;
  }
};
const key = v.pipe(v.string(), v.check(isKey, 'expected a public key, as DER in base64'));
const State = v.optional(v.record(v.string(), v.unknown()), {});
const Dated = v.object({ description: text, key, state: State });
const Operator = v.object({
  logs: v.optional(v.array(v.object({ ...Dated.entries, url })), []),
  tiled_logs: v.optional(v.array(v.object({ ...Dated.entries, monitoring_url: url })), []),
});
const LogList = v.object({ operators: v.array(Operator) });

/** Those that still take certificates; the others have nothing new to tell. One without a state is one of ours. */
const isOpen = ({ state }: { state: Record<string, unknown> }): boolean =>
  Object.keys(state).length === 0 || 'usable' in state || 'qualified' in state;

/** The list of logs in the form that browsers publish theirs (log list version 3). Errors: `ConfigInvalid` with every problem. */
export const readLogList = async (file: string): Promise<ListedLog[]> => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), LogList), await readFile(file, 'utf8'));
  if (!parsed.success) {
    const problems = problemsOf(parsed.issues);
    throw new ConfigInvalid(`${file}: ${problems.join('; ')}`, { problems });
  }
  return parsed.output.operators.flatMap(({ logs, tiled_logs }) => [
    ...logs.filter(isOpen).map((log): ListedLog => ({ ...named(log), url: log.url, kind: 'rfc6962' })),
    ...tiled_logs
      .filter(isOpen)
      .map((log): ListedLog => ({ ...named(log), url: log.monitoring_url, kind: 'static-ct' })),
  ]);
};

const named = ({ description: name, key }: { description: string; key: string }) => ({ name, key });
