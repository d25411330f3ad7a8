import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../serverless/cloudformation.ts';
import { functionRoles, roleIdOf } from '../../serverless/functions.ts';
import { grants } from '../../serverless/grants.ts';
import { machineResources } from '../../serverless/machines.ts';
import { serviceFunctions } from '../../serverless/service.ts';
import { sourcesOf } from '../support/sources.ts';
import { actionsIn, bundledFiles, machinery } from './bundled-commands.ts';
import { compare, statementsOf, wildcardActions } from './policies.ts';
import { wildcards } from './wildcards.ts';

/** Far more than it takes, for a machine that is busy with the other tests. */
const buildMs = 300_000;

let files: Map<string, string[]>;
beforeAll(async () => {
  files = await bundledFiles();
}, buildMs);

const keys = serviceFunctions.map(({ key }) => key);
const wantedBy = (key: string) => actionsIn(files.get(key) ?? []);
const withActions = (change: (actions: readonly string[]) => readonly string[]): Resource => {
  const role = structuredClone(functionRoles.RollbackUndoTrafficRole) as Resource;
  for (const statement of statementsOf(role)) statement.Action = change(statement.Action);
  return role;
};

describe('a role allows exactly what its bundle can ask for', () => {
  test.each(keys)('%s', (key) => {
    expect(compare(wantedBy(key), functionRoles[roleIdOf(key)])).toEqual({ missing: [], extra: [] });
  });
  test('and some bundles do ask AWS for something', () => {
    expect(wantedBy('rollbackUndoTraffic')).toContain('elasticloadbalancing:ModifyRule');
    expect(wantedBy('rollbackVerifyUndo')).toEqual([]);
  });
  test('an action taken from a role is reported as missing', () => {
    const role = withActions((actions) => actions.filter((action) => action !== 'elasticloadbalancing:ModifyRule'));
    expect(compare(wantedBy('rollbackUndoTraffic'), role).missing).toEqual(['elasticloadbalancing:ModifyRule']);
  });
  test('an action added to a role is reported as extra', () => {
    const role = withActions((actions) => [...actions, 'dynamodb:DeleteItem']);
    expect(compare(wantedBy('rollbackUndoTraffic'), role).extra).toEqual(['dynamodb:DeleteItem']);
  });
  test('what counts as machinery of the SDK is not named in our own code', () => {
    const ours = sourcesOf('lib', 'functions').join('\n');
    const named = Object.keys(machinery).filter((action) => ours.includes(`${action.split(':')[1]}Command`));
    expect(named).toEqual([]);
  });
});

test('a playbook may start two machines, and neither refers to its own: a circle could not be deployed', () => {
  const started = statementsOf(functionRoles.RemediationStartMachineRole)
    .filter(({ Action }) => Action.includes('states:StartExecution'))
    .map(({ Resource: machines }) => machines);
  expect(started).toEqual([[{ Ref: 'RestoreTestStateMachine' }, { Ref: 'RollbackStateMachine' }]]);
});

describe('wildcard resources', () => {
  const roles = Object.values({ ...functionRoles, ...machineResources }).filter(
    ({ Type }) => Type === 'AWS::IAM::Role',
  );
  const granted = Object.values(grants).flatMap(({ allows }) => allows);
  const used = new Set(wildcardActions([...roles.flatMap(statementsOf), ...granted]));
  test('each is justified in one table', () => {
    expect([...used].filter((action) => !wildcards[action])).toEqual([]);
  });
  test('each justification is needed', () => {
    expect(Object.keys(wildcards).filter((action) => !used.has(action))).toEqual([]);
  });
  test('no action is itself a wildcard', () => {
    const actions = roles.flatMap(statementsOf).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});
