import * as v from 'valibot';
import { Playbook } from '../contracts/playbook.ts';
import { type KnownTargets, rungProblems } from './act-rules.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Problem } from './read-yaml.ts';

/** Rules between playbooks, guards, escalations and rotas: a name that leads nowhere would ask for ever, or call nobody. */
export const remediationProblems = (section: unknown, named: Omit<KnownTargets, 'ownedByTerraform'>): Problem[] => {
  const { playbooks, guards, escalations, rotas, ownedByTerraform } = fieldsOf(section);
  const targets = { ...named, ownedByTerraform: listOf(ownedByTerraform) };
  const names = listOf(playbooks).map((playbook) => fieldsOf(playbook).name);
  return [
    ...listOf(playbooks).flatMap((playbook, index) => [
      ...uniqueProblems(names, index),
      ...playbookProblems(playbook, index, { guards: fieldsOf(guards), escalations: fieldsOf(escalations), targets }),
    ]),
    ...Object.entries(fieldsOf(escalations)).flatMap(([name, steps]) =>
      escalationProblems(name, steps, fieldsOf(rotas)),
    ),
    ...Object.entries(fieldsOf(rotas)).flatMap(([name, rota]) => overrideProblems(name, rota)),
  ];
};

const uniqueProblems = (names: readonly unknown[], index: number): Problem[] =>
  names.indexOf(names[index]) === index
    ? []
    : [
        {
          path: ['remediation', 'playbooks', index, 'name'],
          message: `must be the only one of its name, got "${names[index]}" again`,
        },
      ];

type Known = Record<'guards' | 'escalations', Record<string, unknown>> & { targets: KnownTargets };

const playbookProblems = (playbook: unknown, index: number, known: Known): Problem[] => {
  if (!v.is(Playbook, playbook)) return [];
  const problem = (path: (string | number)[], message: string): Problem => ({
    path: ['remediation', 'playbooks', index, ...path],
    message,
  });
  const reference = (field: 'guards' | 'escalation', of: Record<string, unknown>): Problem[] =>
    Object.hasOwn(of, playbook[field])
      ? []
      : [problem([field], `must be one of ${Object.keys(of).join(', ') || 'none'}, got "${playbook[field]}"`)];
  return [
    ...reference('guards', known.guards),
    ...reference('escalation', known.escalations),
    ...playbook.rungs.flatMap((_, rung) =>
      rungProblems(playbook, rung, known.targets).map(({ path, message }) => problem(path, message)),
    ),
  ];
};

const escalationProblems = (name: string, steps: unknown, rotas: Record<string, unknown>): Problem[] => {
  const times = listOf(steps).map((step) => fieldsOf(step).afterSeconds);
  const problem = (index: number, field: string, message: string): Problem => ({
    path: ['remediation', 'escalations', name, index, field],
    message,
  });
  return listOf(steps).flatMap((step, index) => [
    ...rotaProblem(fieldsOf(step).rota, rotas).map((message) => problem(index, 'rota', message)),
    ...orderProblem(times, index).map((message) => problem(index, 'afterSeconds', message)),
  ]);
};

const rotaProblem = (rota: unknown, rotas: Record<string, unknown>): string[] =>
  typeof rota !== 'string' || Object.hasOwn(rotas, rota)
    ? []
    : [`must be one of the rotas (${Object.keys(rotas).join(', ') || 'none'}), got "${rota}"`];

/** Somebody is called at once, and each of the others later than the one before. */
const orderProblem = (times: readonly unknown[], index: number): string[] => {
  const [time, before] = [times[index], times[index - 1]];
  if (typeof time !== 'number') return [];
  if (index === 0) return time === 0 ? [] : [`must be 0 for the first step, got ${time}`];
  return typeof before === 'number' && time <= before
    ? [`must be later than the step before (${before}), got ${time}`]
    : [];
};

/** An override of a stranger would call somebody who may not answer. */
const overrideProblems = (name: string, rota: unknown): Problem[] => {
  const { people, overrides } = fieldsOf(rota);
  return listOf(overrides).flatMap((override, index) => {
    const { person } = fieldsOf(override);
    if (typeof person !== 'string' || listOf(people).includes(person)) return [];
    const message = `must be one of its people (${listOf(people).join(', ')}), got "${person}"`;
    return [{ path: ['remediation', 'rotas', name, 'overrides', index, 'person'], message }];
  });
};
