import type { DrillMark, InstanceId, RestoreSource, SnapshotId } from '../../../lib/contracts/database.ts';
import {
  DatabaseBusy,
  InstanceNotFound,
  PointNotRestorable,
  QuotaExceeded,
  SnapshotNotFound,
} from '../../../lib/contracts/failures.ts';
import { toMs } from '../../../lib/contracts/instant.ts';
import type { Restore } from '../../../lib/ports/databases.ts';
import type { Random } from '../random.ts';
import type { Content } from './content.ts';
import { damaged, startProblem } from './damage.ts';
import { Production } from './production.ts';
import { isGone, type Server, type StoredSnapshot, spanOf } from './server.ts';

/** Who can reach production, and who can reach a drill's copy: they share nothing. */
const reach = {
  production: { public: false, subnetGroup: 'data', securityGroups: ['database'] },
  isolated: { public: false, subnetGroup: 'drills', securityGroups: ['drill'] },
};

/** Seconds that work takes: the least, and how far it varies. A restore outlasts a request that is held up (`late`). */
const takes = {
  snapshot: { least: 10, spread: 10 },
  copy: { least: 5, spread: 10 },
  restore: { least: 40, spread: 20 },
  removal: { least: 5, spread: 10 },
};
const hourMs = 3_600_000;

interface Surroundings {
  readonly now: () => number;
  readonly random: Random;
  readonly production: readonly InstanceId[];
}

/** Servers and snapshots of a region, and the copies in the second one. All work takes time, and a quota ends it. */
export class Instances {
  /** How many servers there may be at once. */
  quota = 10;
  readonly snapshots = new Map<SnapshotId, StoredSnapshot>();
  readonly copies = new Map<SnapshotId, StoredSnapshot>();
  readonly production = new Map<InstanceId, Production>();
  readonly #servers = new Map<InstanceId, Server>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor({ now, random, production }: Surroundings) {
    this.#now = now;
    this.#random = random;
    for (const id of production) this.runProduction(id);
  }

  /** Those that exist now, being removed or not. */
  servers(): Server[] {
    return [...this.#servers.values()].filter((server) => !isGone(server, this.#now()));
  }

  find(id: InstanceId): Server | undefined {
    const server = this.#servers.get(id);
    return server && !isGone(server, this.#now()) ? server : undefined;
  }

  /** What is in one that answers now; undefined while it does not. */
  contentOf(id: InstanceId): Content | undefined {
    const server = this.#known(id);
    const answers = server.goneMs === undefined && !server.problem && this.#now() >= server.readyMs;
    return answers ? server.at(this.#now()) : undefined;
  }

  change(id: InstanceId, change: (content: Content) => Content): void {
    const server = this.#known(id);
    this.#servers.set(id, { ...server, at: (ms) => change(server.at(ms)) });
  }

  takeSnapshot(of: InstanceId, id: SnapshotId, backup?: string): void {
    const nowMs = this.#now();
    const content = this.#known(of).at(nowMs);
    const taken = { id, of, takenMs: nowMs, readyMs: this.#after('snapshot'), content };
    this.snapshots.set(id, { ...taken, ...(backup !== undefined && { backup }) });
  }

  copySnapshot(id: SnapshotId): void {
    const snapshot = this.snapshots.get(id);
    if (!snapshot) throw new SnapshotNotFound(`snapshot: "${id}" does not exist`, { snapshot: id });
    this.copies.set(id, { ...snapshot, readyMs: this.#after('copy') });
  }

  restore({ as, source, sizeClass, mark, damage }: Restore): void {
    const content = damaged(this.#contentOf(source), damage);
    if (this.servers().length >= this.quota)
      throw new QuotaExceeded(`instances: ${this.quota} exist, and no more may`, { quota: this.quota });
    const problem = startProblem(damage);
    this.#servers.set(as, {
      ...this.#begun(as, mark),
      readyMs: this.#after('restore'),
      sizeClass,
      at: () => content,
      ...(problem && { problem }),
    });
  }

  remove(id: InstanceId): void {
    const server = this.find(id);
    if (!server || server.goneMs !== undefined) return;
    if (this.#now() < server.readyMs) throw new DatabaseBusy(`instance: "${id}" is being created`, { instance: id });
    this.#servers.set(id, { ...server, goneMs: this.#after('removal') });
  }

  /** What ran before the story begins: open for hours, and closed for the last one and a half. */
  runProduction(id: InstanceId): void {
    const nowMs = this.#now();
    const system = `${7_400_000_000 + this.production.size}`;
    const openedMs = nowMs - 6 * hourMs;
    const production = new Production({ openedMs, closedMs: nowMs - 1.5 * hourMs, system });
    this.production.set(id, production);
    this.#servers.set(id, {
      id,
      createdMs: openedMs,
      readyMs: openedMs,
      sizeClass: 'db.m7g.large',
      reach: reach.production,
      backupRetentionDays: 7,
      at: (ms) => production.at(ms),
    });
  }

  /** What it held then. */
  contentAt(id: InstanceId, ms: number): Content {
    return this.#known(id).at(ms);
  }

  /** A snapshot that was taken before the story begins. */
  keepSnapshot(snapshot: Omit<StoredSnapshot, 'content' | 'readyMs'>): void {
    const { id, of, takenMs } = snapshot;
    this.snapshots.set(id, { ...snapshot, readyMs: takenMs, content: this.contentAt(of, takenMs) });
  }

  /** Puts a copy where production is: never done by the model itself. */
  expose(id: InstanceId): void {
    this.#servers.set(id, { ...this.#known(id), reach: reach.production });
  }

  /** What is restored from it is damaged from now on, as if its storage had rotted. */
  rot(id: SnapshotId): void {
    const snapshot = this.snapshots.get(id);
    if (snapshot) this.snapshots.set(id, { ...snapshot, content: damaged(snapshot.content, 'flipped-page') });
  }

  /** A copy that a drill of which nobody knows anything left behind. */
  leaveBehind(id: InstanceId, mark: DrillMark): void {
    const [content] = [...this.production.values()].map((production) => production.at(this.#now()));
    if (content) this.#servers.set(id, { ...this.#begun(id, mark), at: () => content });
  }

  #begun(id: InstanceId, mark: DrillMark): Omit<Server, 'at'> {
    const createdMs = this.#now();
    const isolated = { reach: reach.isolated, backupRetentionDays: 0, sizeClass: 'db.t4g.medium' };
    return { id, createdMs, readyMs: createdMs, mark, ...isolated };
  }

  #known(id: InstanceId): Server {
    const server = this.find(id);
    if (!server) throw new InstanceNotFound(`instance: "${id}" does not exist`, { instance: id });
    return server;
  }

  #contentOf(source: RestoreSource): Content {
    if (source.kind === 'point-in-time') return this.#contentAt(source.of, toMs(source.at));
    const snapshot = this.snapshots.get(source.snapshot);
    if (snapshot && this.#now() >= snapshot.readyMs) return snapshot.content;
    throw new SnapshotNotFound(`snapshot: "${source.snapshot}" does not exist`, { ...source });
  }

  #contentAt(of: InstanceId, atMs: number): Content {
    const server = this.#known(of);
    const span = spanOf(server, this.#now());
    if (span && atMs >= span.fromMs && atMs <= span.toMs) return server.at(atMs);
    throw new PointNotRestorable(`instance: "${of}" cannot be restored to ${new Date(atMs).toISOString()}`, { of });
  }

  #after(work: keyof typeof takes): number {
    const { least, spread } = takes[work];
    return this.#now() + Math.round((least + spread * this.#random()) * 1000);
  }
}
