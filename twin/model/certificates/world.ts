import {
  type CaaReading,
  type Endpoint,
  endpointName,
  type InventoryEntry,
  type LoggedCertificate,
  type Silence,
  type Source,
} from '../../../lib/contracts/certificate.ts';
import { fromMs } from '../../../lib/contracts/instant.ts';
import type { Changes } from '../changes.ts';
import { goodAuthority, type Issued } from './authority.ts';

type Held = { entry: InventoryEntry; issued: Issued[]; vanished: boolean };
type Pending = { id: string; atMs: number };

/** How long whoever issues takes, and pods until they serve what they read when they start. */
const issueMs = 60_000;
const startMs = 15_000;
const dayMs = 86_400_000;

/**
 * Certificates, who holds them and where they are served, in memory and in virtual time. Stories break it: an old leaf at one address,
 * an entry that vanishes, a source that does not answer, a renewal that is refused.
 */
export class CertificateWorld {
  readonly #now: () => number;
  readonly #changes: Changes;
  readonly #held = new Map<string, Held>();
  readonly #pending = new Map<string, Pending>();
  readonly unread = new Map<Source, string>();
  readonly refuses = new Set<string>();
  /** By endpoint and address: what is served there whatever else is so, or why nothing is. */
  readonly stuck = new Map<string, Issued | Silence>();
  readonly addresses = new Map<string, readonly string[]>();
  readonly caa = new Map<string, Extract<CaaReading, { state: 'read' }>['records']>();
  readonly logs = new Map<string, LoggedCertificate[]>();
  #serial = 0;

  constructor(now: () => number, changes: Changes) {
    this.#now = now;
    this.#changes = changes;
  }

  /** A certificate that lives for so many days, of which some are over. */
  hold(entry: Omit<InventoryEntry, 'certificate'>, life: { days: number; oldDays: number }): Issued {
    const fromMs = this.#now() - life.oldDays * dayMs;
    this.#serial += 1;
    const issued = goodAuthority.issue(entry.names, fromMs, fromMs + life.days * dayMs, this.#serial);
    this.#held.set(entry.id, { entry, issued: [...(this.#held.get(entry.id)?.issued ?? []), issued], vanished: false });
    return issued;
  }

  /** Its source knows it no more; whoever serves it goes on. */
  vanish(id: string): void {
    const held = this.#held.get(id);
    if (held) held.vanished = true;
  }

  /** As if it had never been. */
  drop(id: string): void {
    this.#held.delete(id);
  }

  /** Asked for: comes after a while, once. */
  renew(id: string, requestId: string): void {
    if (this.#pending.has(requestId)) return;
    this.#pending.set(requestId, { id, atMs: this.#now() + issueMs });
    this.#changes.add({ resource: `renewal/${id}`, token: 0, value: requestId });
  }

  entries(): InventoryEntry[] {
    this.#deliver();
    return [...this.#held.values()].flatMap(({ entry, issued, vanished }) => {
      const certificate = issued.at(-1)?.certificate;
      return certificate && !vanished ? [{ ...entry, certificate }] : [];
    });
  }

  addressesOf({ host }: Endpoint): readonly string[] {
    return this.addresses.get(host) ?? ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
  }

  servedAt(endpoint: Endpoint, address: string): Issued | Silence {
    this.#deliver();
    const stuck = this.stuck.get(`${endpointName(endpoint)} ${address}`);
    if (stuck) return stuck;
    const held = [...this.#held.values()].find(({ entry }) =>
      entry.endpoints.some((one) => endpointName(one) === endpointName(endpoint)),
    );
    return held ? (this.#takenUp(held) ?? 'refused') : 'refused';
  }

  /** What pods read when they started last; whoever needs no start serves the newest at once. */
  #takenUp({ entry, issued }: Held): Issued | undefined {
    const { service } = entry;
    if (service === undefined) return issued.at(-1);
    const startedMs = this.#lastStartOf(service);
    const known = issued.filter(({ certificate }, at) => at === 0 || Date.parse(certificate.notBefore) <= startedMs);
    return known.at(-1);
  }

  #lastStartOf(service: string): number {
    const starts = this.#changes.list.filter(
      ({ resource, value, atMs }) =>
        resource.startsWith(`slot/${service}/`) &&
        Object.keys(value as object).some((key) => key === 'restartedAt' || key === 'digest') &&
        atMs + startMs <= this.#now(),
    );
    return starts.at(-1)?.atMs ?? 0;
  }

  #deliver(): void {
    for (const [requestId, { id, atMs }] of this.#pending) {
      const held = this.#held.get(id);
      if (atMs > this.#now() || !held) continue;
      this.#serial += 1;
      const length =
        Date.parse(held.issued[0]?.certificate.notAfter ?? fromMs(0)) -
        Date.parse(held.issued[0]?.certificate.notBefore ?? fromMs(0));
      // To the second, as certificates have it, and never before it was asked for.
      const from = Math.floor(atMs / 1000) * 1000;
      held.issued.push(goodAuthority.issue(held.entry.names, from, from + length, this.#serial));
      this.#pending.delete(requestId);
      this.#changes.add({ resource: `issued/${id}`, token: 0, value: requestId });
    }
  }
}
