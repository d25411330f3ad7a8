import { expect, test } from '@jest/globals';
import { environments, roleIdOf } from '../../serverless/functions.ts';
import { serviceFunctions, serviceMachines } from '../../serverless/service.ts';
import { readText, typescriptIn } from '../support/sources.ts';
import { machineFiles } from './machines.ts';

test('every file under functions/ is a function of serverless.yml', () => {
  expect(typescriptIn('functions').sort()).toEqual(serviceFunctions.map(({ file }) => file).sort());
});

test('every machine file is a machine of serverless.yml, by the same name', () => {
  expect(machineFiles.sort()).toEqual(serviceMachines.map(({ key }) => `${key}.asl.json`).sort());
});

test('every function has the role and the settings that were made for it', () => {
  const text = readText('serverless.yml');
  for (const { key } of serviceFunctions) {
    expect(text).toContain(`role: ${roleIdOf(key)}\n`);
    expect(text).toContain(`serverless/index.js):environments.${key}}\n`);
    expect(environments[key]).toBeDefined();
  }
});
