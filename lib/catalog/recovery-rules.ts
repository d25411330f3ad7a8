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
    ...repeated(index, 'invariants', 'name', database.invariants),
    ...repeated(index, 'churning', 'table', database.churning),
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

/** Each entry of a database's list is told from the others by one of its fields. */
const repeated = (database: number, list: string, field: string, entries: unknown): Problem[] => {
  const values = listOf(entries).map((entry) => fieldsOf(entry)[field]);
  return values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [
          {
            path: ['databases', database, list, index, field],
            message: `must be the only one of its ${field}, got "${value}" again`,
          },
        ],
  );
};
