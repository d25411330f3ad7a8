import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Digest, Slot } from '../../../lib/contracts/names.ts';
import type { PodSeen } from '../../../lib/contracts/pod.ts';
import type { Answer, Weights } from '../../../lib/contracts/routing.ts';
import type { Bucket } from '../../../lib/contracts/signals.ts';
import type { SlotState } from '../../../lib/contracts/slot-state.ts';
import { binomial, type Random } from '../random.ts';
import { autoscaled, podCapacity } from './autoscale.ts';
import { type Behaviour, behaviours } from './behaviour.ts';
import { Counts } from './counts.ts';
import { effective, type Route, rewritten, routed, routeTo } from './route.ts';
import {
  emptySlot,
  grown,
  podsOf,
  recycled,
  restarted,
  type SlotPods,
  scaled,
  servingPods,
  stateOf,
} from './slot-pods.ts';

const tickMs = 1000;

export interface ServiceWorldOptions {
  readonly floor: number;
  readonly random: Random;
  readonly now: () => number;
  readonly behaviourOf: (digest: Digest) => Behaviour;
}

/**
 * Pods, users and load balancer of one service. Time passes lazily: whoever looks or changes something first lets all
 * seconds since the last look happen, so a quiet week costs nothing until somebody asks about it.
 */
export class ServiceWorld {
  readonly #options: ServiceWorldOptions;
  readonly #counts = new Counts();
  readonly #pods: Record<Slot, SlotPods>;
  #route: Route = routeTo({ blue: 100, green: 0 });
  #usersPerSecond = 0;
  /** A fault that both slots share, such as a database: the chance that any request fails because of it. */
  #sharedErrorRate = 0;
  #livedToMs: number;

  constructor(options: ServiceWorldOptions) {
    this.#options = options;
    this.#livedToMs = options.now();
    this.#pods = { blue: emptySlot(options.floor, options.now()), green: emptySlot(options.floor, options.now()) };
  }

  setUsers(perSecond: number): void {
    this.#live();
    this.#usersPerSecond = perSecond;
  }

  setSharedErrorRate(rate: number): void {
    this.#live();
    this.#sharedErrorRate = rate;
  }

  state(slot: Slot): SlotState {
    this.#live();
    return stateOf(this.#pods[slot], this.#behaviour(slot), this.#now());
  }

  /** Pods that answer, those that a restart is about to replace among them. */
  serving(slot: Slot): number {
    this.#live();
    return servingPods(this.#pods[slot], this.#behaviour(slot), this.#now());
  }

  /** Pods with this digest, ready at once: what ran before the story begins. */
  adopt(slot: Slot, digest: Digest, replicas: number): void {
    this.fill(slot, { digest, replicas });
    const pods = this.#pods[slot];
    this.#pods[slot] = { ...pods, floor: this.#options.floor, readyAtMs: pods.readyAtMs.map(() => this.#now()) };
  }

  fill(slot: Slot, { digest, replicas }: { digest: Digest; replicas: number }): void {
    this.#live();
    const running = this.#pods[slot];
    const base = running.digest === digest ? running : { ...emptySlot(replicas, this.#now()), digest };
    this.#pods[slot] = scaled({ ...base, floor: replicas }, replicas, this.#readyMs(digest));
  }

  pinFloor(slot: Slot, floor: number): void {
    this.#live();
    const pods = { ...this.#pods[slot], floor };
    const wanted = pods.readyAtMs.length === 0 ? 0 : Math.max(floor, pods.readyAtMs.length);
    this.#pods[slot] = scaled(pods, wanted, this.#readyMs(pods.digest));
  }

  restart(slot: Slot, at: Instant): void {
    this.#live();
    const pods = this.#pods[slot];
    this.#pods[slot] = restarted(pods, at, this.#readyMs(pods.digest));
  }

  scaleUp(slot: Slot, to: { by: number; atMost: number }, at: Instant): number {
    this.#live();
    const pods = this.#pods[slot];
    this.#pods[slot] = grown(slot, pods, to, { at, newReadyAtMs: this.#readyMs(pods.digest) });
    return this.#pods[slot].readyAtMs.length;
  }

  pods(slot: Slot): PodSeen[] {
    this.#live();
    return podsOf(this.#pods[slot], this.#behaviour(slot), this.#now());
  }

  recycle(slot: Slot, pod: string): void {
    this.#live();
    const pods = this.#pods[slot];
    const when = { atMs: this.#now(), newReadyAtMs: this.#readyMs(pods.digest) };
    this.#pods[slot] = recycled(pods, pod, this.#behaviour(slot), when);
  }

  retire(slot: Slot): void {
    this.#live();
    this.#pods[slot] = { ...scaled(this.#pods[slot], 0, 0), floor: 0 };
  }

  written(): Weights {
    return this.#route.written;
  }

  /** Where requests go at this moment. */
  effective(): Weights {
    return effective(this.#route, this.#now());
  }

  shift(weights: Weights): void {
    this.#live();
    this.#route = rewritten(this.#route, weights, this.#now());
  }

  buckets(fromMs: number, toMs: number): Bucket[] {
    this.#live();
    return this.#counts.between(fromMs, toMs);
  }

  /** Requests that came besides those of the users. */
  served(slot: Slot, requests: number, failures: number): void {
    this.#live();
    this.#counts.add(slot, this.#now(), { requests, failures, latencyMs: this.#behaviour(slot).latencyMs });
  }

  requestThroughRouter(): Answer {
    this.#live();
    const slot = routed(this.effective(), this.#options.random());
    const answer = this.requestToSlot(slot);
    this.served(slot, 1, answer.ok ? 0 : 1);
    return answer;
  }

  requestToSlot(slot: Slot): Answer {
    const { digest } = this.#pods[slot];
    const behaviour = this.#behaviour(slot);
    if (!digest || this.serving(slot) === 0) return { ok: false, latencyMs: 0 };
    const ok = this.#options.random() >= this.#failureChance(behaviour.probeErrorRate);
    return { ok, latencyMs: behaviour.latencyMs, slot, digest };
  }

  #live(): void {
    for (; this.#livedToMs + tickMs <= this.#now(); this.#livedToMs += tickMs) this.#second(this.#livedToMs);
  }

  #second(atMs: number): void {
    const { random } = this.#options;
    const requests = Math.floor(this.#usersPerSecond + random());
    const toGreen = binomial(random, requests, effective(this.#route, atMs).green / 100);
    this.#serve('green', toGreen, atMs);
    this.#serve('blue', requests - toGreen, atMs);
  }

  #serve(slot: Slot, requests: number, atMs: number): void {
    const behaviour = this.#behaviour(slot);
    const capacity = servingPods(this.#pods[slot], behaviour, atMs) * podCapacity;
    const served = Math.min(requests, capacity);
    const failures =
      requests - served + binomial(this.#options.random, served, this.#failureChance(behaviour.errorRate));
    this.#counts.add(slot, atMs, { requests, failures, latencyMs: behaviour.latencyMs });
    const newReadyMs = atMs + behaviour.startupSeconds * 1000;
    this.#pods[slot] = autoscaled(this.#pods[slot], requests, atMs, newReadyMs);
  }

  #failureChance(errorRate: number): number {
    return 1 - (1 - errorRate) * (1 - this.#sharedErrorRate);
  }

  #behaviour(slot: Slot): Behaviour {
    const { digest } = this.#pods[slot];
    return digest ? this.#options.behaviourOf(digest) : behaviours.good;
  }

  #readyMs(digest: Digest | undefined): number {
    const { startupSeconds } = digest ? this.#options.behaviourOf(digest) : behaviours.good;
    return this.#now() + (startupSeconds + 2 * this.#options.random()) * 1000;
  }

  #now(): number {
    return this.#options.now();
  }
}
