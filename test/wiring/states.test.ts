import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isTrigger, serviceFunctions } from '../../serverless/service.ts';
import { settings } from '../../serverless/settings.ts';
import { root } from '../support/sources.ts';
import { allStates, functionOf } from './machines.ts';

const pascal = (words: string) => words.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
/** `restore-test` to `restoreTest`: keys have no hyphens. */
const keyOf = (machine: string, state: string) => camel(`${pascal(machine)}${state}`);
const kebab = (name: string) => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();

const tasks = allStates().filter(({ state }) => functionOf(state));
const byKey = new Map(serviceFunctions.map((fn) => [fn.key, fn]));
const exportsOf = async (file: string) =>
  (await import(join(root, file))) as Record<string, { name?: string } | undefined>;

describe('one name everywhere', () => {
  test.each(tasks.map(({ machine, name, state }) => [`${machine}.${name}`, machine, name, state] as const))(
    '%s',
    async (_, machine, name, state) => {
      const key = keyOf(machine, name);
      const file = `functions/${machine}/${kebab(name)}.ts`;
      expect(functionOf(state)).toBe(`${pascal(key)}LambdaFunction`);
      expect(byKey.get(key)?.file).toBe(file);
      const exported = await exportsOf(file);
      expect(exported[camel(name)]?.name).toBe(name);
      expect(typeof exported.handler).toBe('function');
    },
  );
});

/** Called by a schedule that an adapter makes, by the name that its settings have. */
const calledByName = new Set(
  Object.values(settings).flatMap((value) => /-(trigger\w+)"/.exec(JSON.stringify(value))?.[1] ?? []),
);

describe('nothing is unused', () => {
  test('every function is a state of a machine, has an event or is called by a schedule', () => {
    const called = new Set(tasks.map(({ machine, name }) => keyOf(machine, name)));
    const unused = serviceFunctions.filter(
      ({ key, events }) => !called.has(key) && !calledByName.has(key) && !events?.length,
    );
    expect(unused.map(({ key }) => key)).toEqual([]);
  });
  test('every trigger is named like its file', async () => {
    for (const { key, file } of serviceFunctions.filter(isTrigger)) {
      const name = pascal(file.replace('functions/triggers/', '').replace('.ts', ''));
      expect(key).toBe(`trigger${name}`);
      expect((await exportsOf(file))[camel(name)]?.name).toBe(name);
    }
  });
});
