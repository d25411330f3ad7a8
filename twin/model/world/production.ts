import type { Sentinel, TableName } from '../../../lib/contracts/content.ts';
import { ClockSkewed } from '../../../lib/contracts/failures.ts';
import { fromMs, type Instant, toMs } from '../../../lib/contracts/instant.ts';
import { nextSentinel } from '../../../lib/domain/recovery/sentinel.ts';
import type { Content, ModelTable } from './content.ts';

const minuteMs = 60_000;
const minuteOf = (ms: number): number => Math.floor(ms / minuteMs);

interface Written {
  readonly atMs: number;
  readonly sentinel: Sentinel;
}

/**
 * What was in a database of production at any moment: it grew by an order a minute until it was closed. From when users are back, it
 * grows again, and carts come and go.
 */
export class Production {
  readonly openedMs: number;
  readonly #closedMs: number;
  readonly #system: string;
  #written: readonly Written[] = [];
  #backMs = Number.POSITIVE_INFINITY;
  /** Until then sentinels were written every minute, as by the schedule; after it, only by whoever writes one. */
  #steadyUntilMs = Number.POSITIVE_INFINITY;

  constructor({ openedMs, closedMs, system }: { openedMs: number; closedMs: number; system: string }) {
    this.openedMs = openedMs;
    this.#closedMs = closedMs;
    this.#system = system;
  }

  at(ms: number): Content {
    return { outline: outlineOf(this.#system), tables: this.#tables(ms), sentinels: this.#sentinels(ms) };
  }

  /** From now on it is written to again. */
  letUsersIn(nowMs: number): void {
    this.#backMs = nowMs;
  }

  /** From now on sentinels are only what somebody writes. */
  leaveSentinelsTo(nowMs: number): void {
    this.#steadyUntilMs = nowMs;
  }

  /** A second one within a minute changes nothing. Errors: `ClockSkewed` when the newest lies in the future. */
  writeSentinel(now: Instant, nowMs: number): Sentinel {
    const newest = this.#sentinels(nowMs).at(-1);
    if (newest && toMs(newest.at) > toMs(now) + minuteMs)
      throw new ClockSkewed(`the newest sentinel is of ${newest.at}, and now is ${now}`, { newest: newest.at, now });
    if (newest && minuteOf(toMs(newest.at)) >= minuteOf(toMs(now))) return newest;
    const sentinel = nextSentinel(newest, now);
    this.#written = [...this.#written, { atMs: nowMs, sentinel }];
    return sentinel;
  }

  /** As somebody with the database's own login could: nothing in the control plane does. */
  rewriteSentinels(change: (rows: readonly Sentinel[]) => readonly Sentinel[]): void {
    const atMs = this.#written.at(-1)?.atMs ?? this.openedMs;
    const rows = this.#written.map(({ sentinel }) => ({ ...sentinel }));
    this.#written = change(rows).map((sentinel) => ({ atMs, sentinel }));
  }

  #sentinels(ms: number): Sentinel[] {
    const steady = steadySentinels(this.openedMs, Math.min(ms, this.#steadyUntilMs));
    return [...steady, ...this.#written.filter(({ atMs }) => atMs <= ms).map(({ sentinel }) => sentinel)];
  }

  #tables(ms: number): Record<TableName, ModelTable> {
    const minutes = Math.max(0, minuteOf(Math.min(ms, this.#closedMs) - this.openedMs));
    const since = ms - this.#backMs;
    const orders = table(1000 + minutes + Math.max(0, minuteOf(since)));
    const carts = since < 0 ? {} : { 'public.carts': table(cartsAt(since)) };
    return { ...carts, 'public.items': table(3), 'public.orders': orders };
  }
}

/** Nearly empty, then full, then nearly empty again: what was between two moments is not between their numbers. */
const cartsAt = (ms: number): number => (Math.floor(ms / 20_000) % 2 === 0 ? 2 : 40);

const outlineOf = (systemIdentifier: string): Content['outline'] => ({
  systemIdentifier,
  database: 'shop',
  engineVersion: '18.4',
  extensions: { amcheck: '1.5' },
  pageChecksums: true,
});

const table = (rows: number): ModelTable => ({ rows, checksum: String(rows * 1_000_003), owner: 'shop', damage: [] });

/** One chain for each start, longer each time somebody asks for more: hashing it in every run would be most of the work. */
const chains = new Map<number, Sentinel[]>();

const steadySentinels = (openedMs: number, untilMs: number): Sentinel[] => {
  const chain = chains.get(openedMs) ?? [];
  chains.set(openedMs, chain);
  const count = Math.max(0, minuteOf(untilMs - openedMs) + 1);
  while (chain.length < count) chain.push(nextSentinel(chain.at(-1), fromMs(openedMs + chain.length * minuteMs)));
  return chain.slice(0, count);
};
