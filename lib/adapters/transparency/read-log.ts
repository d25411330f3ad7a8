import type { HostName, LoggedCertificate } from '../../contracts/certificate.ts';
import { fromMs } from '../../contracts/instant.ts';
import { checkConsistency, type Head } from '../../domain/transparency/consistency.ts';
import { Frontier, type Peak } from '../../domain/transparency/frontier.ts';
import { loggedFor } from '../../domain/transparency/logged.ts';
import type { TreeHead } from '../../domain/transparency/tree-head.ts';
import type { LogCursor, LogReading } from '../../ports/certificates.ts';
import type { LogSource } from './source.ts';

/** Of one log in one call; the rest is `behind` and for the next. */
const mostEntries = 100_000;
/** What a log promises: nothing is older than this (its maximum merge delay), and some hours for clocks and for us. */
const oldestHeadMs = 26 * 3_600_000;
/** Share of the time that is left for proving what was read. */
const reserve = 0.2;

/** The log says now what cannot be true together with what it said before. */
class Contradiction extends Error {
  constructor(says: string) {
    super(`contradiction: ${says}`);
  }
}

type Asked = { log: string; source: LogSource; domains: readonly HostName[]; cursor: LogCursor | undefined };
type Time = { now: () => number; deadlineMs: number };

/** Everything from the cursor on that there is time for. What goes wrong is a reading too. */
export const readLog = async (asked: Asked, time: Time): Promise<LogReading> => {
  try {
    const head = await asked.source.head();
    const { cursor } = asked;
    assertFresh(head, time.now());
    if (!cursor) return { state: 'read', log: asked.log, cursor: cursorAt(asked.log, head), behind: 0, found: [] };
    return await readOn(asked, { size: cursor.size, root: Buffer.from(cursor.root, 'base64') }, head, time);
  } catch (error) {
    return { state: 'unread', log: asked.log, reason: reasonOf(error as Error) };
  }
};

/** What `fetch` says is "fetch failed"; why stands in its cause. */
const reasonOf = ({ message, cause }: Error): string => {
  const { message: why, code } = (cause ?? {}) as NodeJS.ErrnoException;
  return [message, why || code].filter((part) => part).join(': ');
};

const assertFresh = ({ atMs }: TreeHead, nowMs: number): void => {
  if (nowMs - atMs > oldestHeadMs)
    throw new Error(`its newest tree head is of ${fromMs(atMs)}: it may hide what came since`);
};

const readOn = async (asked: Asked, known: Head, head: TreeHead, time: Time): Promise<LogReading> => {
  const peaks = await proven(asked.source, known, head);
  if (head.size === known.size)
    return { state: 'read', log: asked.log, cursor: cursorAt(asked.log, head), behind: 0, found: [] };
  const reading = await take(asked, { known, head, peaks }, time);
  const reached = { size: reading.frontier.size, root: reading.frontier.root() };
  if (reached.size === known.size && reading.trouble) throw reading.trouble;
  await assertReached(asked.source, reached, head);
  return {
    state: 'read',
    log: asked.log,
    cursor: cursorAt(asked.log, reached),
    behind: head.size - reached.size,
    found: reading.found,
  };
};

/** The whole subtrees of the known tree, once it is proven that the new one goes on from it. */
const proven = async (source: LogSource, known: Head, head: TreeHead): Promise<Peak[]> => {
  if (head.size < known.size) throw await shrunk(source, known, head);
  if (head.size === known.size && !head.root.equals(known.root))
    throw new Contradiction(`it has two trees of ${head.size} entries`);
  const checked = checkConsistency(known, head, await source.proof(known.size, head.size));
  if (checked.consistent) return checked.peaks;
  throw new Contradiction(`its tree of ${head.size} entries does not go on from the one of ${known.size}`);
};

/** One of several front ends may be behind the others; that is told too, but it is no lie as long as it is proven. */
const shrunk = async (source: LogSource, known: Head, head: TreeHead): Promise<Error> => {
  const proof = await source.proof(head.size, known.size).catch(() => []);
  return checkConsistency(head, known, proof).consistent
    ? new Error(`it shows an older tree of ${head.size} entries than the one of ${known.size} that it showed before`)
    : new Contradiction(`it had ${known.size} entries and now has ${head.size}`);
};

type From = { known: Head; head: TreeHead; peaks: readonly Peak[] };

/** Stops where the time ends or the log fails: what was read until then counts. */
const take = async ({ log, source, domains }: Asked, { known, head, peaks }: From, { now, deadlineMs }: Time) => {
  const frontier = new Frontier(peaks);
  const found: LoggedCertificate[] = [];
  const untilMs = deadlineMs - (deadlineMs - now()) * reserve;
  const end = Math.min(head.size, known.size + mostEntries);
  try {
    for await (const entries of source.entries(known.size, end, head.size)) {
      for (const entry of entries) {
        const logged = loggedFor(domains, { log, index: frontier.size }, entry);
        if (logged) found.push(logged);
        frontier.add(entry.hash);
      }
      if (now() > untilMs) break;
    }
  } catch (error) {
    return { frontier, found, trouble: error as Error };
  }
  return { frontier, found };
};

/** The entries that were given are those of the tree that was signed. */
const assertReached = async (source: LogSource, reached: Head, head: TreeHead): Promise<void> => {
  const proof = reached.size === head.size ? [] : await source.proof(reached.size, head.size);
  if (checkConsistency(reached, head, proof).consistent) return;
  throw new Contradiction(`the entries up to ${reached.size} that it gives are not those of its tree`);
};

const cursorAt = (log: string, { size, root }: Head): LogCursor => ({ log, size, root: root.toString('base64') });
