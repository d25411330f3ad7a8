import { randomUUID } from 'node:crypto';
import type { Clock, LambdaOutcome } from '../engine/index.ts';
import type { Wiring } from '../wiring/index.ts';
import { type BusEvent, busEvent, type NewEvent } from './events/event.ts';
import { type HttpRequest, httpEvent, pathOf } from './http/event.ts';
import { type HttpResponse, httpResponse, notFound } from './http/response.ts';
import { findRoute } from './http/route.ts';
import { Deliverer } from './queue/deliverer.ts';
import { Deliveries } from './queue/deliveries.ts';
import type { Attempt, DeadLetter } from './queue/delivery.ts';
import { Scheduler } from './schedule/scheduler.ts';
import { Ticks } from './schedule/ticks.ts';
import { snsEvent } from './sns/record.ts';
import { type Database, openDatabase } from './store/database.ts';
import { readSubscriptions } from './subscriptions/index.ts';
import type { Subscriptions, TimedRule, TopicMessage } from './subscriptions/types.ts';

export interface BusOptions {
  readonly wiring: Pick<Wiring, 'place' | 'functions'>;
  /** Where accepted events wait. One bus at a time may have it open. */
  readonly file: string;
  readonly clock: Clock;
  /** Invokes the function of that key in serverless.yml. Must not reject for a failure of the function. */
  readonly invoke: (key: string, payload: unknown) => Promise<LambdaOutcome>;
  /** Before the second attempt, the third, and so on. Without it, Lambda's: one minute, two minutes. */
  readonly retryWaitsMs?: readonly number[];
  /** Told how many dead letters there are, at the start and whenever that changes. */
  readonly onDeadLetters?: (count: number) => void;
}

/** EventBridge, its Scheduler, SNS and an HTTP API in front of the functions of serverless.yml. */
export interface Bus {
  readonly buses: ReadonlySet<string>;
  /** On disk when it returns; each matching function gets it at least once, or it becomes a dead letter. */
  publish(events: readonly { bus?: string; event: NewEvent }[]): BusEvent[];
  /** As `publish`, to the subscribers of a topic. Answers the message id. */
  publishToTopic(topic: string, message: TopicMessage): string;
  /** Answers 404 where no route leads. Nothing is kept: the caller has the answer. */
  request(request: HttpRequest): Promise<HttpResponse>;
  deadLetters(): DeadLetter[];
  /** Sends dead letters again, all of them or those of the ids. Answers how many. */
  redrive(ids?: readonly number[]): number;
  /** Deliveries that were accepted and neither taken nor given up. */
  waiting(): number;
  /** Begins to deliver and to keep time, with what was left over from before. */
  start(): void;
  /** Ends deliveries and schedules, and waits a second for those under way; events are still accepted. */
  stop(): Promise<void>;
  close(): void;
}

/** Errors: `ConfigInvalid` for triggers that AWS would refuse or the twin cannot do. */
export const openBus = (options: BusOptions): Bus => new ServerlessBus(options);

type Wanted = { target: string; payload: unknown };

class ServerlessBus implements Bus {
  readonly buses: ReadonlySet<string>;
  readonly #options: BusOptions;
  readonly #subscriptions: Subscriptions;
  readonly #database: Database;
  readonly #deliveries: Deliveries;
  readonly #deliverer: Deliverer;
  readonly #scheduler: Scheduler<TimedRule>;

  constructor(options: BusOptions) {
    this.#options = options;
    this.#subscriptions = readSubscriptions(options.wiring);
    this.buses = new Set(['default', ...this.#subscriptions.rules.map(({ bus }) => bus)]);
    this.#database = openDatabase(options.file);
    this.#deliveries = new Deliveries(this.#database);
    this.#deliverer = this.#makeDeliverer();
    this.#scheduler = this.#makeScheduler();
  }

  start(): void {
    this.#deliverer.start();
    this.#scheduler.start();
    this.#tellDeadLetters();
  }

  async stop(): Promise<void> {
    this.#scheduler.stop();
    await this.#deliverer.stop();
  }

  close(): void {
    this.#database.close();
  }

  publish(events: readonly { bus?: string; event: NewEvent }[]): BusEvent[] {
    const made = events.map(({ bus = 'default', event }) => ({
      bus,
      event: busEvent(event, this.#options.wiring.place, this.#now()),
    }));
    this.#accept(made.flatMap(({ bus, event }) => this.#wantedOf(bus, event)));
    return made.map(({ event }) => event);
  }

  publishToTopic(name: string, message: TopicMessage): string {
    const id = randomUUID();
    const subscribed = this.#subscriptions.topics.filter(({ topic, accepts }) => topic === name && accepts(message));
    this.#accept(subscribed.map((one) => ({ target: one.target, payload: snsEvent(one, id, message, this.#now()) })));
    return id;
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const { invoke, wiring } = this.#options;
    const found = findRoute(this.#subscriptions.routes, request.method, pathOf(request));
    if (!found) return notFound;
    return httpResponse(await invoke(found.route.target, httpEvent(request, found, wiring.place, this.#now())));
  }

  deadLetters(): DeadLetter[] {
    return this.#deliveries.dead();
  }

  redrive(ids?: readonly number[]): number {
    const revived = this.#deliveries.revive(this.#now(), ids);
    this.#tellDeadLetters();
    this.#deliverer.wake();
    return revived;
  }

  waiting(): number {
    return this.#deliveries.counts().waiting;
  }

  #makeDeliverer(): Deliverer {
    const { wiring, clock, invoke, retryWaitsMs } = this.#options;
    const functions = new Map(wiring.functions.map((one) => [one.key, one]));
    return new Deliverer({
      clock,
      deliveries: this.#deliveries,
      deliver: async (key, payload) => attemptOf(await invoke(key, payload)),
      policyOf: (key) => functions.get(key),
      ...(retryWaitsMs && { retryWaitsMs }),
      onBuried: () => this.#tellDeadLetters(),
    });
  }

  #makeScheduler(): Scheduler<TimedRule> {
    return new Scheduler({
      clock: this.#options.clock,
      ticks: new Ticks(this.#database),
      schedules: this.#subscriptions.timed,
      atOnce: (work) => this.#database.atOnce(work),
      fire: ({ target, payload }, dueMs) =>
        this.#deliveries.add({ target, payload: payload(dueMs, this.#now()) }, this.#now()),
      onFired: () => this.#deliverer.wake(),
    });
  }

  #wantedOf(bus: string, event: BusEvent): Wanted[] {
    return this.#subscriptions.rules
      .filter((rule) => rule.bus === bus && rule.matches(event))
      .map(({ target, shape }) => ({ target, payload: shape(event) }));
  }

  #accept(wanted: readonly Wanted[]): void {
    this.#database.atOnce(() => {
      for (const one of wanted) this.#deliveries.add(one, this.#now());
    });
    this.#deliverer.wake();
  }

  #tellDeadLetters(): void {
    this.#options.onDeadLetters?.(this.#deliveries.counts().dead);
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

/** Lambda takes an event back that it had no room to run. */
const attemptOf = (outcome: LambdaOutcome): Attempt => {
  if (outcome.ok) return { kind: 'taken' };
  const error = `${outcome.errorType}: ${outcome.errorMessage}`;
  return { kind: outcome.errorType === 'Lambda.TooManyRequestsException' ? 'fault' : 'failed', error };
};
