import * as v from 'valibot';
import type { Service } from '../contracts/catalog.ts';
import { toMs } from '../contracts/instant.ts';
import { Freeze, ReleasePolicy } from '../contracts/policy.ts';
import { policyProblems } from '../domain/policy/policy-problems.ts';
import { certificateProblems } from './certificate-rules.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Problem } from './read-yaml.ts';
import { recoveryProblems } from './recovery-rules.ts';
import { remediationProblems } from './remediation-rules.ts';

/**
 * Rules between fields, which shapes alone cannot say. Each is checked on those parts whose own shape is right, so that a
 * mistake in one place does not hide a mistake in another.
 */
export const ruleProblems = (catalog: unknown): Problem[] => {
  const { freezes, policies, services, recovery, databases, certificates, remediation } = fieldsOf(catalog);
  return [
    ...listOf(freezes).flatMap(freezeProblems),
    ...Object.entries(fieldsOf(policies)).flatMap(problemsOfPolicy),
    ...listOf(services).flatMap((service, index, all) => serviceProblems(service, index, all, fieldsOf(policies))),
    ...recoveryProblems(fieldsOf(recovery), listOf(databases), listOf(services).map(fieldsOf)),
    ...certificateProblems(certificates, listOf(services).map(fieldsOf)),
    ...remediationProblems(remediation, {
      services: listOf(services).map((one) => fieldsOf(one).name),
      databases: listOf(databases).map((one) => fieldsOf(one).name),
      instances: listOf(databases).map((one) => fieldsOf(one).instance),
    }),
  ];
};

const freezeProblems = (freeze: unknown, index: number): Problem[] => {
  if (!v.is(Freeze, freeze) || toMs(freeze.from) < toMs(freeze.to)) return [];
  return [{ path: ['freezes', index, 'to'], message: `must be after from (${freeze.from}), got ${freeze.to}` }];
};

const problemsOfPolicy = ([name, policy]: [string, unknown]): Problem[] =>
  v.is(ReleasePolicy, policy)
    ? policyProblems(policy).map(({ field, message }) => ({ path: ['policies', name, ...field.split('.')], message }))
    : [];

const serviceProblems = (
  service: unknown,
  index: number,
  all: readonly unknown[],
  policies: Record<string, unknown>,
): Problem[] => {
  const { name, policy, alarms } = fieldsOf(service);
  const first = all.findIndex((other) => fieldsOf(other).name === name);
  const problem = (field: keyof Service, message: string): Problem => ({ path: ['services', index, field], message });
  const problems: Problem[] = [];
  if (typeof name === 'string' && first !== index)
    problems.push(problem('name', `must be the only one of its name, got "${name}" again`));
  if (typeof policy === 'string' && !Object.hasOwn(policies, policy))
    problems.push(
      problem('policy', `must be one of the policies (${Object.keys(policies).join(', ')}), got "${policy}"`),
    );
  if (!Array.isArray(alarms)) return problems;
  if (alarms.length === 0) problems.push(problem('alarms', 'must name at least one alarm that guards it, got none'));
  if (new Set(alarms).size < alarms.length)
    problems.push(problem('alarms', `must name each alarm once, got ${alarms.join(', ')}`));
  return problems;
};
