import { randomUUID } from 'node:crypto';
import type { CallId, Execution } from '../core/execution.ts';
import { invalidName, stateMachineAlreadyExists } from '../errors.ts';
import { checkedDefinition } from '../validate/index.ts';
import type { Surroundings } from './actor.ts';
import { Callbacks } from './callbacks.ts';
import { makeCall } from './caller.ts';
import type { Engine, ErrorAndCause, MachineDescription, StartRequest } from './contract.ts';
import { alreadyStarted, Executions, parseInput, startEntry } from './executions.ts';
import type { Entry } from './journal.ts';
import { describeMachine, isSameDefinition, Machines } from './machines.ts';
import { executionArn, isName, machineArn, nameFor } from './names.ts';
import { tellParent } from './parents.ts';
import type { EngineOptions } from './ports.ts';
import { history, type ListRequest, listed, type Page } from './queries.ts';
import { describe, statusChange } from './render.ts';

export const createEngine = (options: EngineOptions): Engine => new StateMachines(options);

class StateMachines implements Engine {
  readonly #options: EngineOptions;
  readonly #account: { region: string; accountId: string };
  readonly #machines = new Machines();
  readonly #executions: Executions;
  readonly #callbacks: Callbacks;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#account = { region: options.region ?? 'eu-west-1', accountId: options.accountId ?? '000000000000' };
    this.#executions = new Executions(this.#surroundings());
    this.#callbacks = new Callbacks(this.#executions);
  }

  async createStateMachine(name: string, definition: unknown, options: { roleArn?: string } = {}) {
    if (!isName(name)) throw invalidName(name);
    const arn = machineArn(this.#account, name);
    const checked = checkedDefinition(definition);
    const known = this.#machines.find(arn);
    if (known && !isSameDefinition(known, checked)) throw stateMachineAlreadyExists(arn);
    const roleArn = options.roleArn ?? `arn:aws:iam::${this.#account.accountId}:role/state-machines`;
    if (!known) await this.#register({ kind: 'machine', name, definition: checked, roleArn, atMs: this.#now() });
    return { stateMachineArn: arn, creationDate: new Date(this.#machines.get(arn).createdMs) };
  }

  async updateStateMachine(stateMachineArn: string, definition: unknown) {
    const { name, roleArn } = this.#machines.get(stateMachineArn);
    await this.#register({
      kind: 'machine',
      name,
      definition: checkedDefinition(definition),
      roleArn,
      atMs: this.#now(),
    });
    return { updateDate: new Date(this.#machines.get(stateMachineArn).updatedMs) };
  }

  async #register(entry: Extract<Entry, { kind: 'machine' }>): Promise<void> {
    await this.#options.journal.append(entry);
    this.#machines.register({ ...entry, arn: machineArn(this.#account, entry.name) });
  }

  async deleteStateMachine(arn: string): Promise<void> {
    await this.#options.journal.append({ kind: 'machine-deleted', arn });
    this.#machines.delete(arn);
  }

  async describeStateMachine(arn: string): Promise<MachineDescription> {
    const machine = this.#machines.get(arn);
    return describeMachine(machine, machine.revisions.length - 1);
  }

  async describeStateMachineForExecution(arn: string): Promise<MachineDescription> {
    const { machineArn: machine, revision } = this.#executions.get(arn).execution;
    return describeMachine(this.#machines.get(machine), revision);
  }

  async listStateMachines() {
    return this.#machines.list().map(({ arn, name, createdMs }) => {
      return { stateMachineArn: arn, name, type: 'STANDARD' as const, creationDate: new Date(createdMs) };
    });
  }

  async startExecution(request: StartRequest) {
    const { arn, startMs } = await this.#start(request);
    return { executionArn: arn, startDate: new Date(startMs) };
  }

  async #start(request: StartRequest, parent?: CallId): Promise<Execution> {
    const machine = this.#machines.get(request.stateMachineArn);
    const input = parseInput(request.input);
    const name = request.name ?? (parent ? nameFor(parent) : randomUUID());
    const known = this.#executions.find(executionArn(machine.arn, name))?.execution;
    const same = alreadyStarted(known, input, parent);
    if (same) return same;
    const seed = Math.floor((this.#options.random ?? Math.random)() * 2 ** 32);
    const entry = startEntry(machine, name, input, this.#now(), seed, parent);
    const safe = this.#options.journal.append(entry);
    const actor = this.#executions.add(entry, machine, this.#machines.revision(machine.arn, entry.revision).program);
    actor.begin(safe);
    await safe;
    return actor.execution;
  }

  async describeExecution(arn: string) {
    return describe(this.#executions.get(arn).execution);
  }

  async listExecutions(request: ListRequest) {
    this.#machines.get(request.stateMachineArn);
    return listed(this.#executions.all(), request);
  }

  async getExecutionHistory(arn: string, options: Page & { reverseOrder?: boolean } = {}) {
    return history(this.#executions.get(arn), options);
  }

  async stopExecution(arn: string, reason: ErrorAndCause = {}) {
    const actor = this.#executions.get(arn);
    await actor.posted({ kind: 'stop', ...reason });
    return { stopDate: new Date(actor.execution.stopMs ?? this.#now()) };
  }

  sendTaskSuccess(token: string, output: string): Promise<void> {
    return this.#callbacks.succeed(token, output);
  }

  sendTaskFailure(token: string, reason: ErrorAndCause = {}): Promise<void> {
    return this.#callbacks.fail(token, reason);
  }

  sendTaskHeartbeat(token: string): Promise<void> {
    return this.#callbacks.heartbeat(token);
  }

  async resume(): Promise<void> {
    for (const entry of this.#options.journal.read()) await this.#replay(entry);
    for (const actor of this.#executions.all()) actor.resume();
    for (const actor of [...this.#executions.all()]) tellParent(this.#executions, actor.execution);
  }

  async #replay(entry: Entry): Promise<void> {
    switch (entry.kind) {
      case 'machine':
        this.#machines.register({ ...entry, arn: machineArn(this.#account, entry.name) });
        return;
      case 'machine-deleted':
        return this.#machines.delete(entry.arn);
      case 'execution': {
        const { machine, program } = this.#machines.revision(entry.machineArn, entry.revision);
        await this.#executions.add(entry, machine, program).replay({ kind: 'start' }, entry.atMs);
        return;
      }
      case 'input':
        await this.#executions.get(entry.arn).replay(entry.input, entry.atMs);
    }
  }

  async close(): Promise<void> {
    for (const actor of this.#executions.all()) actor.close();
    await this.#options.journal.close();
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #surroundings(): Surroundings {
    const { clock, journal, invokeLambda, callSdk, onStatusChange } = this.#options;
    const services = {
      invokeLambda,
      ...(callSdk && { callSdk }),
      startChild: this.#start.bind(this),
      api: this,
    };
    return {
      clock,
      log: ({ arn }, atMs, input) => journal.append({ kind: 'input', arn, atMs, input }),
      call: (actor, effect, signal) => makeCall(services, actor, effect, signal),
      statusChanged: (actor) => {
        onStatusChange?.(statusChange(actor.execution));
        tellParent(this.#executions, actor.execution);
      },
      childAwaited: (arn) => tellParent(this.#executions, this.#executions.get(arn).execution),
      stopChild: (arn) => this.#executions.find(arn)?.post({ kind: 'stop' }),
    };
  }
}
