import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type FunctionEntry = { handler: string; events?: unknown[]; reservedConcurrency?: number };
type MachineEntry = { id: string; name: string; definition: string };
type Service = {
  functions: Record<string, FunctionEntry>;
  stepFunctions: { stateMachines: Record<string, MachineEntry> };
};
export type State = {
  Type: string;
  Resource?: unknown;
  Arguments?: Record<string, unknown>;
  ItemProcessor?: { States: States };
};
type States = Record<string, State>;

const root = join(import.meta.dirname, '..');
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

const { functions, stepFunctions } = parse(readText('serverless.yml')) as Service;

/** The functions of serverless.yml, by key. */
export const serviceFunctions = Object.entries(functions).map(([key, entry]) => {
  const file = entry.handler.replace(/\.handler$/, '.ts');
  return { ...entry, key, file, source: readText(file) };
});
export type ServiceFunction = (typeof serviceFunctions)[number];

/** A function that events or schedules call; nobody waits for its answer. */
export const isTrigger = ({ handler }: Pick<FunctionEntry, 'handler'>): boolean =>
  handler.startsWith('functions/triggers/');

/** With the states inside of maps. */
const allStates = (states: States): States =>
  Object.assign(
    {},
    states,
    ...Object.values(states).map(({ ItemProcessor }) => allStates(ItemProcessor?.States ?? {})),
  );

/** The machines of serverless.yml, by key, with all states of their definitions. */
export const serviceMachines = Object.entries(stepFunctions.stateMachines).map(([key, { id, name }]) => {
  const file = `statemachines/${key}.asl.json`;
  const { States } = JSON.parse(readText(file)) as { States: States };
  return { key, id, name, file, states: allStates(States) };
});
export type ServiceMachine = (typeof serviceMachines)[number];
