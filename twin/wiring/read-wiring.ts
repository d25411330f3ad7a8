import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Arns, resolveIntrinsics } from './intrinsics.ts';
import { type Place, twinPlace } from './parameters.ts';
import type { FunctionEvent, FunctionWiring, MachineWiring, Wiring } from './types.ts';
import { resolveVariables } from './variables.ts';

interface FunctionEntry {
  readonly handler: string;
  readonly timeout?: number;
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAge?: number;
  readonly events?: readonly FunctionEvent[];
}
interface MachineEntry {
  readonly id: string;
  readonly name: string;
  readonly definition: Record<string, unknown>;
}
interface ServerlessFile {
  readonly service: string;
  readonly provider?: { readonly timeout?: number };
  readonly functions: Record<string, FunctionEntry>;
  readonly stepFunctions: { readonly stateMachines: Record<string, MachineEntry> };
  /** Parts; one that is made by code is still a `${file(…)}` here. */
  readonly resources?: readonly { readonly Resources?: Record<string, { readonly Type: string }> }[];
}

/** The repository's root: paths in serverless.yml are relative to it. */
export const repositoryRoot = join(import.meta.dirname, '../..');

/** Reads serverless.yml: all functions, machines and triggers, as AWS would have them. */
export const readWiring = (place: Place = twinPlace, root = repositoryRoot): Wiring => {
  const file = parse(readFileSync(join(root, 'serverless.yml'), 'utf8')) as ServerlessFile;
  const sources = { place, root, self: file };
  // Only what the twin runs is resolved: roles, outputs and the like may refer to things of the account alone.
  const entries = resolveVariables(machineEntries(file), sources) as Record<string, MachineEntry>;
  const arns = arnsOf(file, entries, place);
  const functions = Object.entries(file.functions).map(([key, entry]) => {
    const events = resolveIntrinsics(resolveVariables(entry.events ?? [], sources), arns) as FunctionEvent[];
    return functionWiring(file, place, key, entry, events);
  });
  const machines = Object.entries(entries).map(([key, entry]) => machineWiring(key, entry, arns));
  return { place, functions, machines };
};

const machineEntries = ({ stepFunctions }: ServerlessFile) =>
  Object.fromEntries(
    Object.entries(stepFunctions.stateMachines).map(([key, { id, name, definition }]) => [
      key,
      { id, name, definition },
    ]),
  );

const functionWiring = (
  file: ServerlessFile,
  place: Place,
  key: string,
  entry: FunctionEntry,
  events: FunctionEvent[],
): FunctionWiring => {
  const path = entry.handler.replace(/\.handler$/, '');
  return {
    key,
    name: functionName(file, place, key),
    arn: functionArn(file, place, key),
    module: `${path}.ts`,
    task: camelCase(path.split('/').at(-1) ?? path),
    // Lambda's own defaults, where the file says nothing: 6 s by the framework, 2 retries and 6 h by the service.
    timeoutSeconds: entry.timeout ?? file.provider?.timeout ?? 6,
    maximumRetryAttempts: entry.maximumRetryAttempts ?? 2,
    maximumEventAgeSeconds: entry.maximumEventAge ?? 21_600,
    events,
  };
};

const machineWiring = (key: string, { id, name, definition }: MachineEntry, arns: Arns): MachineWiring => {
  const resolved = resolveIntrinsics(definition, arns) as MachineWiring['definition'];
  return { key, name, arn: arns[id] ?? '', definition: resolved };
};

const arnsOf = (file: ServerlessFile, machines: Record<string, MachineEntry>, place: Place): Arns => {
  const functions = Object.keys(file.functions).map((key) => [functionId(key), functionArn(file, place, key)]);
  const runs = Object.values(machines).map(({ id, name }) => [id, arn(place, 'states', `stateMachine:${name}`)]);
  const declared = (file.resources ?? []).flatMap(({ Resources }) => Object.entries(Resources ?? {}));
  const others = declared.map(([id, { Type }]) => {
    const service = Type.split('::')[1]?.toLowerCase() ?? 'unknown';
    return [id, arn(place, service, id)];
  });
  const alerts = ['AlertTopicArn', arn(place, 'sns', `evenkeel-${place.stage}-alerts`)];
  return Object.fromEntries([...others, ...functions, ...runs, alerts]);
};

const arn = ({ region, accountId }: Place, service: string, rest: string) =>
  `arn:aws:${service}:${region}:${accountId}:${rest}`;
const functionName = ({ service }: ServerlessFile, { stage }: Place, key: string) => `${service}-${stage}-${key}`;
const functionArn = (file: ServerlessFile, place: Place, key: string) =>
  arn(place, 'lambda', `function:${functionName(file, place, key)}`);
/** As the framework names it in CloudFormation. */
const functionId = (key: string) => `${key.charAt(0).toUpperCase()}${key.slice(1)}LambdaFunction`;
const camelCase = (words: string) => words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
