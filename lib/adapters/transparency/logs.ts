import { toMs } from '../../contracts/instant.ts';
import { publicKeyOf } from '../../domain/transparency/tree-head.ts';
import type { LogReading, TransparencyLogs } from '../../ports/certificates.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { overAll } from '../http/in-parallel.ts';
import { once } from '../once.ts';
import { getFrom } from './get.ts';
import { type ListedLog, readLogList } from './log-list.ts';
import { readLog } from './read-log.ts';
import { rfc6962Source } from './rfc6962.ts';
import type { LogSource } from './source.ts';
import { staticCtSource } from './static-ct.ts';

/** Logs that are read at the same time: each answer is megabytes, and all of them are hashed here. */
const atOnce = 4;

/** Where domains are watched and no log is listed, nothing is seen; that must not look like "nothing was issued". */
const noLogs: LogReading = {
  state: 'unread',
  log: 'none',
  reason: 'the list of logs is empty: nobody would see an issuance',
};

const sourceOf = ({ url, key, kind }: ListedLog, deadlineMs: number, now: () => number): LogSource => {
  const get = getFrom(url, deadlineMs, now);
  return kind === 'rfc6962' ? rfc6962Source(get, publicKeyOf(key)) : staticCtSource(get, publicKeyOf(key));
};

/** `list`: the logs to read, asked for once. */
export const transparencyLogsOver = (list: () => Promise<ListedLog[]>, now: () => number): TransparencyLogs => ({
  async since(cursors, domains, deadline) {
    if (domains.length === 0) return [];
    const logs = await list();
    if (logs.length === 0) return [noLogs];
    const deadlineMs = toMs(deadline);
    return overAll(atOnce, logs, (log) => {
      const cursor = cursors.find(({ log: name }) => name === log.name);
      return readLog({ log: log.name, source: sourceOf(log, deadlineMs, now), domains, cursor }, { now, deadlineMs });
    });
  },
});

/** LOG_LIST_FILE is relative to the working directory, which is the package's root on Lambda. */
export const ctLogs = adapter({ LOG_LIST_FILE: setting }, ({ LOG_LIST_FILE }) =>
  transparencyLogsOver(
    once(() => readLogList(LOG_LIST_FILE)),
    Date.now,
  ),
);
