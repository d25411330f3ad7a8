import { isObject, type Json, type JsonObject } from '../json.ts';
import { parseResource, type Resource } from './resource.ts';
import { compileTemplate } from './template.ts';
import { count, flag, percent, seconds, text, timestamp } from './typed.ts';
import type { Batcher, Block, Catcher, Exit, Program, Retrier, State } from './types.ts';

/** Engines that read the same journal entries (a thousand worlds of one proof) share what is compiled from them. */
const compiled = new WeakMap<JsonObject, Program>();

/** Compiles a definition that validation has accepted. Each expression is compiled once, here. */
export function compileProgram(definition: JsonObject): Program {
  const program = compiled.get(definition) ?? compileMachine(definition);
  compiled.set(definition, program);
  return program;
}

function compileMachine(definition: JsonObject): Program {
  const blocks = new Map<string, Block>();
  compileBlock(definition, '', blocks);
  const timeout = definition.TimeoutSeconds;
  return { definition, blocks, ...(typeof timeout === 'number' && { timeoutSeconds: timeout }) };
}

function compileBlock(block: JsonObject, key: string, blocks: Map<string, Block>): string {
  const states = new Map<string, State>();
  blocks.set(key, { startAt: block.StartAt as string, states });
  for (const [name, state] of Object.entries(block.States as JsonObject)) {
    states.set(name, compileState(name, state as JsonObject, `${key}/${pointer(name)}`, blocks));
  }
  return key;
}

/** A state's name may hold slashes; a key must not be ambiguous. */
const pointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The field compiled under its own name, or no key at all. */
const optional = <K extends string, T>(key: K, source: Json | undefined, compile: (source: Json) => T) =>
  (source === undefined ? {} : { [key]: compile(source) }) as { [P in K]?: T };

const template = (location: string) => (source: Json) => compileTemplate(source, location);

function compileExit(source: JsonObject, prefix = ''): Exit {
  return {
    ...optional('assign', source.Assign, template(`${prefix}Assign`)),
    ...optional('output', source.Output, template(`${prefix}Output`)),
    ...optional('next', source.Next, String),
  };
}

function compileState(name: string, source: JsonObject, key: string, blocks: Map<string, Block>): State {
  const common = { name, exit: compileExit(source) };
  switch (source.Type) {
    case 'Choice':
      return { ...common, type: 'Choice', exit: compileDefault(source), rules: list(source.Choices).map(compileRule) };
    case 'Fail':
      return { ...common, type: 'Fail', ...compileFail(source) };
    case 'Wait':
      return { ...common, type: 'Wait', ...compileWait(source) };
    case 'Task':
      return { ...common, type: 'Task', ...compileHandling(source), ...compileTask(source) };
    case 'Parallel':
      return { ...common, type: 'Parallel', ...compileHandling(source), ...compileParallel(source, key, blocks) };
    case 'Map':
      return { ...common, type: 'Map', ...compileHandling(source), ...compileMap(source, key, blocks) };
    default:
      return { ...common, type: source.Type as 'Pass' | 'Succeed' };
  }
}

const list = (source: Json | undefined) => (Array.isArray(source) ? source.filter(isObject) : []);

/** A Choice's own Assign and Output are for the way to its Default. */
function compileDefault(source: JsonObject): Exit {
  return { ...compileExit(source), ...optional('next', source.Default, String) };
}

function compileRule(rule: JsonObject, index: number) {
  const location = `Choices[${index}]/`;
  return { condition: flag(rule.Condition as Json, `${location}Condition`), exit: compileExit(rule, location) };
}

function compileFail(source: JsonObject) {
  return {
    ...optional('error', source.Error, (field) => text(field, 'Error')),
    ...optional('cause', source.Cause, (field) => text(field, 'Cause')),
  };
}

function compileWait(source: JsonObject) {
  return {
    ...optional('seconds', source.Seconds, (field) => seconds(field, 'Seconds')),
    ...optional('timestamp', source.Timestamp, (field) => timestamp(field, 'Timestamp')),
  };
}

function compileTask(source: JsonObject) {
  return {
    resource: parseResource(source.Resource as string) as Resource,
    ...optional('arguments', source.Arguments, template('Arguments')),
    ...optional('timeoutSeconds', source.TimeoutSeconds, (field) => seconds(field, 'TimeoutSeconds')),
    ...optional('heartbeatSeconds', source.HeartbeatSeconds, (field) => seconds(field, 'HeartbeatSeconds')),
  };
}

function compileParallel(source: JsonObject, key: string, blocks: Map<string, Block>) {
  const branches = list(source.Branches).map((branch, index) => compileBlock(branch, `${key}/${index}`, blocks));
  return { branches, ...optional('arguments', source.Arguments, template('Arguments')) };
}

function compileMap(source: JsonObject, key: string, blocks: Map<string, Block>) {
  const processor = source.ItemProcessor as JsonObject;
  const config = processor.ProcessorConfig as JsonObject | undefined;
  return {
    processor: compileBlock(processor, `${key}/item`, blocks),
    distributed: config?.Mode === 'DISTRIBUTED',
    ...optional('items', source.Items, template('Items')),
    ...optional('itemSelector', source.ItemSelector, template('ItemSelector')),
    ...optional('batcher', source.ItemBatcher, (field) => compileBatcher(field as JsonObject)),
    ...optional('maxConcurrency', source.MaxConcurrency, (field) => count(field, 'MaxConcurrency')),
    ...optional('toleratedCount', source.ToleratedFailureCount, (field) => count(field, 'ToleratedFailureCount')),
    ...optional('toleratedPercentage', source.ToleratedFailurePercentage, (field) =>
      percent(field, 'ToleratedFailurePercentage'),
    ),
  };
}

function compileBatcher(source: JsonObject): Batcher {
  return {
    ...optional('maxItems', source.MaxItemsPerBatch, (field) => count(field, 'ItemBatcher/MaxItemsPerBatch')),
    ...optional('maxBytes', source.MaxInputBytesPerBatch, (field) => count(field, 'ItemBatcher/MaxInputBytesPerBatch')),
    ...optional('input', source.BatchInput, template('ItemBatcher/BatchInput')),
  };
}

function compileHandling(source: JsonObject): { retry: Retrier[]; catch: Catcher[] } {
  return {
    retry: list(source.Retry).map(compileRetrier),
    catch: list(source.Catch).map((catcher, index) => ({
      errors: catcher.ErrorEquals as string[],
      ...compileExit(catcher, `Catch[${index}]/`),
    })),
  };
}

/** Source of the defaults: Amazon States Language, "Retrying after error". */
function compileRetrier(source: JsonObject): Retrier {
  const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY } = source;
  return {
    errors: source.ErrorEquals as string[],
    intervalSeconds: Number(IntervalSeconds),
    maxAttempts: Number(MaxAttempts),
    backoffRate: Number(BackoffRate),
    maxDelaySeconds: Number(MaxDelaySeconds),
    fullJitter: source.JitterStrategy === 'FULL',
  };
}
