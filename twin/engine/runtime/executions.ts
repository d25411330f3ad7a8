import type { Input } from '../core/effects.ts';
import type { CallId, Execution } from '../core/execution.ts';
import { executionAlreadyExists, executionDoesNotExist, invalidInput, invalidName } from '../errors.ts';
import { exceedsPayloadLimit, type Json } from '../json.ts';
import type { Program } from '../program/types.ts';
import { Actor, type Surroundings } from './actor.ts';
import type { StartEntry } from './journal.ts';
import type { Machine } from './machines.ts';
import { executionArn, isName } from './names.ts';

/** All executions of the engine, by ARN, in the order of their starts. */
export class Executions {
  readonly #actors = new Map<string, Actor>();
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  find(arn: string): Actor | undefined {
    return this.#actors.get(arn);
  }

  get(arn: string): Actor {
    const actor = this.#actors.get(arn);
    if (!actor) throw executionDoesNotExist(arn);
    return actor;
  }

  all(): IterableIterator<Actor> {
    return this.#actors.values();
  }

  add(entry: StartEntry, machine: { name: string; roleArn: string }, program: Program): Actor {
    const actor = new Actor(executionOf(entry, machine), program, this.#around);
    this.#actors.set(actor.execution.arn, actor);
    return actor;
  }

  replay(arn: string, input: Input, atMs: number) {
    return this.get(arn).replay(input, atMs);
  }
}

function executionOf(entry: StartEntry, { name: machineName, roleArn }: { name: string; roleArn: string }): Execution {
  const { name, machineArn, revision, input, atMs, seed, parent } = entry;
  return {
    arn: executionArn(machineArn, name),
    name,
    machineArn,
    machineName,
    roleArn,
    revision,
    input,
    startMs: atMs,
    seed,
    draws: 0,
    ...(parent && { parent }),
    status: 'RUNNING',
    lastThread: 1,
    lastCall: 0,
    threads: new Map(),
    history: [],
  };
}

/** The input as a value, within its limits. */
export function parseInput(input: string | object = '{}'): Json {
  const value = typeof input === 'string' ? parseText(input) : (JSON.parse(JSON.stringify(input)) as Json);
  if (exceedsPayloadLimit(value)) throw invalidInput('The input exceeds 262144 bytes of UTF-8');
  return value;
}

function parseText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (reason) {
    throw invalidInput((reason as Error).message);
  }
}

/**
 * Names are unique in a machine. The same name with the same input, while that execution runs, is the same start
 * said twice; a start by the same call of a parent always is. Answers the execution that already is, or nothing.
 */
export function alreadyStarted(known: Execution | undefined, input: Json, parent?: CallId): Execution | undefined {
  if (!known) return undefined;
  if (parent ? isSameCall(known.parent, parent) : isSameStart(known, input)) return known;
  throw executionAlreadyExists(known.arn);
}

const isSameStart = (known: Execution, input: Json) =>
  known.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(input);

const isSameCall = (known: CallId | undefined, parent: CallId) =>
  known?.executionArn === parent.executionArn && known.thread === parent.thread && known.call === parent.call;

/** The machine's latest definition is the one that runs. */
export function startEntry(
  machine: Machine,
  name: string,
  input: Json,
  atMs: number,
  seed: number,
  parent?: CallId,
): StartEntry {
  if (!isName(name)) throw invalidName(name);
  const revision = machine.revisions.length - 1;
  return { kind: 'execution', name, machineArn: machine.arn, revision, input, atMs, seed, ...(parent && { parent }) };
}
