import type { Clock } from '../clock.ts';
import { advance } from '../core/advance.ts';
import type { CallEffect, Effect, Input, Outcome } from '../core/effects.ts';
import type { Execution } from '../core/execution.ts';
import { outstanding } from '../core/outstanding.ts';
import { chain, type MaybePromise } from '../maybe-promise.ts';
import type { Program } from '../program/types.ts';

/** What an actor needs of the engine around it. */
export interface Surroundings {
  readonly clock: Clock;
  /** Answers nothing when the input is safe at once. */
  log(execution: Execution, atMs: number, input: Input): void | Promise<void>;
  /** Makes a call. Never rejects; aborted when nobody waits for the answer any more. */
  call(actor: Actor, effect: CallEffect, signal: AbortSignal): Promise<Outcome>;
  statusChanged(actor: Actor): void;
  /** From now on the child's end is waited for; it may have ended already. */
  childAwaited(childArn: string): void;
  stopChild(childArn: string): void;
}

/** Given as the reason, so that no exception is made for what is no exception. */
const RELEASED = 'released';

interface Letter {
  readonly input: Input;
  readonly atMs: number;
  readonly safe: void | Promise<void>;
  readonly done?: () => void;
}

/** What is going on for one waiting thread. */
interface Pending {
  readonly timers: Map<string, () => void>;
  /** The call under way. */
  call?: AbortController;
}

/**
 * Runs one execution: takes its inputs one at a time, in the order in which they were logged, and carries out what
 * follows from each once it is safe.
 */
export class Actor {
  readonly execution: Execution;
  readonly program: Program;
  readonly #around: Surroundings;
  readonly #inbox: Letter[] = [];
  #pending: Map<number, Pending> | undefined;
  #cancelExpiry: (() => void) | undefined;
  #busy = false;

  constructor(execution: Execution, program: Program, around: Surroundings) {
    this.execution = execution;
    this.program = program;
    this.#around = around;
  }

  post(input: Input): void {
    const atMs = this.#around.clock.now();
    this.#deliver({ input, atMs, safe: this.#around.log(this.execution, atMs, input) });
  }

  /** Resolves when the input has been taken in. */
  posted(input: Input): Promise<void> {
    const atMs = this.#around.clock.now();
    const safe = this.#around.log(this.execution, atMs, input);
    return new Promise((done) => this.#deliver({ input, atMs, safe, done }));
  }

  /** Begins a new execution, whose start is logged by the caller. */
  begin(safe: void | Promise<void>): void {
    this.#deliver({ input: { kind: 'start' }, atMs: this.execution.startMs, safe });
  }

  /** Takes in what was logged before a restart; nothing is carried out. */
  replay(input: Input, atMs: number): MaybePromise<void> {
    return chain(advance(this.execution, this.program, input, atMs), () => {});
  }

  /** After a restart: takes up whatever the execution waits for. */
  resume(): void {
    for (const effect of outstanding(this.execution, this.program)) this.#perform(effect);
  }

  /** Forgets timers and calls, without a trace in the log: the engine closes. */
  close(): void {
    for (const thread of [...(this.#pending?.keys() ?? [])]) this.#release(thread);
    this.#cancelExpiry?.();
  }

  #deliver(letter: Letter): void {
    this.#inbox.push(letter);
    if (!this.#busy) this.#work();
  }

  #work(): void {
    this.#busy = true;
    for (let letter = this.#inbox.shift(); letter; letter = this.#inbox.shift()) {
      const pending = this.#take(letter);
      if (pending instanceof Promise) {
        pending.then(() => this.#work());
        return;
      }
    }
    this.#busy = false;
  }

  #take({ input, atMs, safe, done }: Letter): MaybePromise<void> {
    const effects = chain(safe, () => advance(this.execution, this.program, input, atMs));
    return chain(effects, (list) => {
      for (const effect of list) this.#perform(effect);
      done?.();
    });
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'timer':
        this.#setTimer(effect);
        return;
      case 'call':
        this.#call(effect);
        return;
      case 'release':
        this.#release(effect.thread);
        if (effect.childArn !== undefined) this.#around.stopChild(effect.childArn);
        return;
      case 'expire':
        this.#cancelExpiry = this.#around.clock.at(effect.atMs, () => this.post({ kind: 'expired' }));
        return;
      case 'status':
        if (effect.status !== 'RUNNING') this.#cancelExpiry?.();
        this.#around.statusChanged(this);
    }
  }

  #pendingOf(thread: number): Pending {
    this.#pending ??= new Map();
    const known = this.#pending.get(thread);
    if (known) return known;
    const pending: Pending = { timers: new Map() };
    this.#pending.set(thread, pending);
    return pending;
  }

  #call(effect: CallEffect): void {
    const { thread, call } = effect;
    const pending = this.#pendingOf(thread);
    const abort = new AbortController();
    pending.call = abort;
    this.#around.call(this, effect, abort.signal).then((outcome) => {
      if (abort.signal.aborted) return;
      delete pending.call;
      const taken = this.posted({ kind: 'answered', thread, call, outcome });
      const childArn = outcome.kind === 'submitted' ? outcome.childArn : undefined;
      if (childArn !== undefined) taken.then(() => this.#around.childAwaited(childArn));
    });
  }

  #setTimer({ thread, purpose, atMs }: Extract<Effect, { kind: 'timer' }>): void {
    const { timers } = this.#pendingOf(thread);
    timers.get(purpose)?.();
    const fire = () => {
      timers.delete(purpose);
      this.post({ kind: 'timer', thread, purpose, atMs });
    };
    timers.set(purpose, this.#around.clock.at(atMs, fire));
  }

  #release(thread: number): void {
    const pending = this.#pending?.get(thread);
    if (!pending) return;
    this.#pending?.delete(thread);
    for (const cancel of pending.timers.values()) cancel();
    pending.call?.abort(RELEASED);
  }
}
