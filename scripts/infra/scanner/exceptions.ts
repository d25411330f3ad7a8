import * as v from 'valibot';
import { parse } from 'yaml';
import type { Finding } from './findings.ts';

const Check = v.pipe(v.string(), v.regex(/^CKV2?_[A-Z0-9]+_\d+$/, 'expected the id of a check, as CKV_AWS_18'));
const Place = v.pipe(
  v.string(),
  v.regex(/^(terraform\/\S+|k8s \w+) \S+$/, 'expected "terraform/<folder> <resource>" or "k8s <kind> <name>"'),
);
const Exceptions = v.array(
  v.strictObject({
    checks: v.pipe(v.array(Check), v.minLength(1)),
    places: v.pipe(v.array(Place), v.minLength(1)),
    reason: v.pipe(v.string(), v.minLength(20, 'expected a reason in words')),
  }),
);
export type Exception = { check: string; place: string; reason: string };

/** One exception for each pair of check and place. Errors: all problems of the file at once. */
export const readExceptions = (yaml: string): Exception[] => {
  const result = v.safeParse(Exceptions, parse(yaml));
  if (!result.success) {
    const problems = result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
    throw new Error(`scripts/infra/scanner/exceptions.yml: ${problems.join('; ')}`);
  }
  return result.output.flatMap(({ checks, places, reason }) =>
    checks.flatMap((check) => places.map((place) => ({ check, place, reason }))),
  );
};

const keyOf = ({ check, place }: { check: string; place: string }): string => `${check} ${place}`;

export const unexplained = (findings: readonly Finding[], exceptions: readonly Exception[]): Finding[] => {
  const explained = new Set(exceptions.map(keyOf));
  return findings.filter((finding) => !explained.has(keyOf(finding)));
};

/** Exceptions that nothing needs any more: left standing, they would hide the next fault at the same place. */
export const unneeded = (findings: readonly Finding[], exceptions: readonly Exception[]): Exception[] => {
  const found = new Set(findings.map(keyOf));
  return exceptions.filter((exception) => !found.has(keyOf(exception)));
};
