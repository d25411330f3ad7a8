import * as v from 'valibot';
import { FailoverPolicy } from '../contracts/failover-policy.ts';
import { RecoveryPolicy } from '../contracts/recovery-policy.ts';
import { failoverProblems } from '../domain/failover/policy-problems.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Problem } from './read-yaml.ts';

type Fields = Record<string, unknown>;

/** Rules between the databases, their policies and the services. */
export const recoveryProblems = (
  policies: Fields,
  databases: readonly unknown[],
  services: readonly Fields[],
): Problem[] => [
  ...Object.entries(policies).flatMap(policyProblems),
  ...databases
    .map(fieldsOf)
    .flatMap((database, index, all) => databaseProblems(database, index, all, policies, services)),
];

const policyProblems = ([name, policy]: [string, unknown]): Problem[] => {
  if (!v.is(RecoveryPolicy, policy)) return [];
  const { removeAfterSeconds, deadlineSeconds, absenceSeconds } = policy.drill;
  const least = deadlineSeconds + absenceSeconds;
  if (removeAfterSeconds > least) return [];
  const message = `must be more than deadlineSeconds and absenceSeconds together (${least}), or a drill is removed while it runs; got ${removeAfterSeconds}`;
  return [{ path: ['recovery', name, 'drill', 'removeAfterSeconds'], message }];
};

const databaseProblems = (
  database: Fields,
  index: number,
  all: readonly Fields[],
  policies: Fields,
  services: readonly Fields[],
): Problem[] => {
  const problem = (field: string, message: string): Problem => ({ path: ['databases', index, field], message });
  const { name, instance, policy } = database;
  const serviceNames = services.map((service) => service.name);
  const unknown = listOf(database.services).filter((service) => !serviceNames.includes(service));
  const isAgain = (field: string, value: unknown) => all.findIndex((other) => other[field] === value) !== index;
  return [
    ...(typeof name === 'string' && isAgain('name', name)
      ? [problem('name', `must be the only one of its name, got "${name}" again`)]
      : []),
    ...(serviceNames.includes(name) ? [problem('name', `must not be the name of a service, got "${name}"`)] : []),
    ...(typeof instance === 'string' && isAgain('instance', instance)
      ? [problem('instance', `must be of one database alone, got "${instance}" again`)]
      : []),
    ...(typeof policy === 'string' && !Object.hasOwn(policies, policy)
      ? [
          problem(
            'policy',
            `must be one of the policies of recovery (${Object.keys(policies).join(', ') || 'none'}), got "${policy}"`,
          ),
        ]
      : []),
    ...(unknown.length > 0 ? [problem('services', `must be services of the catalog, got ${unknown.join(', ')}`)] : []),
    ...invariantProblems(database, index),
    ...secondRegionProblems(database, index),
  ];
};

const secondRegionProblems = ({ instance, failover }: Fields, database: number): Problem[] =>
  v.is(FailoverPolicy, failover)
    ? failoverProblems(String(instance), failover).map(({ field, message }) => ({
        path: ['databases', database, 'failover', field],
        message,
      }))
    : [];

const invariantProblems = ({ invariants }: Fields, database: number): Problem[] => {
  const names = listOf(invariants).map((invariant) => fieldsOf(invariant).name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: ['databases', database, 'invariants', index, 'name'],
            message: `must be the only one of its name, got "${name}" again`,
          },
        ],
  );
};
