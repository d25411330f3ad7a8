import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ctLogs, transparencyLogsOver } from '../../lib/adapters/transparency/logs.ts';
import type { LogCursor } from '../../lib/ports/certificates.ts';
import { issue, newIdentity } from '../../twin/certificates/issue.ts';
import { type LogServer, startLogServer } from '../../twin/live/certificates/log-server.ts';
import { failure } from '../contracts/good.ts';
import { describeTransparency } from '../contracts/transparency.contract.ts';
import { newFolder } from '../live/support/folder.ts';

const hourMs = 3_600_000;
const domains = ['shop.example.com'];
const authority = newIdentity('Test CA', 'Test');
const life = { fromMs: Date.parse('2026-05-01T00:00:00Z'), toMs: Date.parse('2026-08-01T00:00:00Z') };
const root = issue(authority, authority, { ...life, authority: true });
const holder = newIdentity('holder', 'Test');
const chainFor = (names: string[], more = {}) => [issue(holder, authority, { ...life, names, ...more }), root];

let folder: string;
let server: LogServer;
beforeEach(async () => {
  folder = await newFolder();
  server = await startLogServer(folder);
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** In memory alone: so many would wait for the disk. */
const addStrangers = async (times: number) => {
  for (let count = 0; count < times; count += 1)
    server.log.add({ atMs: Date.now(), chain: chainFor([`host-${count}.example.org`]) });
};
const in20Seconds = (now = Date.now) => new Date(now() + 20_000).toISOString();

describe.each(['rfc6962', 'static-ct'] as const)('a log by %s', (kind) => {
  const portTo = (key = server.key, now = Date.now) =>
    transparencyLogsOver(async () => [{ name: 'twin', url: server.url, key, kind }], now);
  const read = async (cursors: LogCursor[] = [], port = portTo(), deadline = in20Seconds()) => {
    const [reading] = await port.since(cursors, domains, deadline);
    if (!reading) throw new Error('no reading');
    return reading;
  };
  const begin = async () => {
    const reading = await read();
    if (reading.state !== 'read') throw new Error(reading.reason);
    return [reading.cursor];
  };

  test('begins at its end, and gives what comes after for a domain and everything below it', async () => {
    await server.add(chainFor(['shop.example.com']));
    const cursors = await begin();
    await addStrangers(2);
    await server.add(chainFor(['www.shop.example.com', 'other.example.org']));
    await server.add(chainFor(['*.shop.example.com'], { poison: true }));
    await server.add(chainFor(['workshop.example.com', 'shop.example.com.example.org']));
    const reading = await read(cursors);
    expect(reading).toMatchObject({
      state: 'read',
      behind: 0,
      cursor: { log: 'twin', size: 6 },
      found: [
        { index: 3, precertificate: false, certificate: { names: ['www.shop.example.com', 'other.example.org'] } },
        {
          index: 4,
          precertificate: true,
          certificate: { names: ['*.shop.example.com'], notAfter: '2026-08-01T00:00:00.000Z' },
        },
      ],
    });
  });

  test('with nothing new stays where it is', async () => {
    await addStrangers(3);
    const cursors = await begin();
    expect(await read(cursors)).toEqual({ state: 'read', log: 'twin', cursor: cursors[0], behind: 0, found: [] });
  });

  test('goes on from an empty tree', async () => {
    const cursors = await begin();
    expect(cursors[0]?.size).toBe(0);
    await server.add(chainFor(['shop.example.com']));
    expect(await read(cursors)).toMatchObject({ state: 'read', cursor: { size: 1 }, found: [{ index: 0 }] });
  });

  test('is read in many answers when it is long', async () => {
    await addStrangers(250);
    const cursors = await begin();
    await addStrangers(300);
    await server.add(chainFor(['shop.example.com']));
    const reading = await read(cursors);
    expect(reading).toMatchObject({ state: 'read', behind: 0, cursor: { size: 551 }, found: [{ index: 550 }] });
    expect(await read(reading.state === 'read' ? [reading.cursor] : [])).toMatchObject({ state: 'read', found: [] });
  });

  test('that outlasts its time is read so far as that, and the next reading goes on there', async () => {
    const cursors = await begin();
    await addStrangers(1100);
    await server.add(chainFor(['shop.example.com']));
    let asked = 0;
    const slow = () => {
      asked += 1;
      return Date.now() + (asked > 6 ? 19_000 : 0);
    };
    const first = await read(cursors, portTo(server.key, slow));
    expect(first).toMatchObject({ state: 'read', cursor: { size: 1024 }, behind: 77, found: [] });
    const next = await read(first.state === 'read' ? [first.cursor] : []);
    expect(next).toMatchObject({ state: 'read', behind: 0, found: [{ index: 1100 }] });
  });

  test('that changes what it said before contradicts itself', async () => {
    await addStrangers(3);
    const cursors = await begin();
    server.log.forget(2);
    await server.add(chainFor(['shop.example.com']));
    expect(await read(cursors)).toMatchObject({
      state: 'unread',
      reason: 'contradiction: it has two trees of 3 entries',
    });
    await addStrangers(2);
    expect(await read(cursors)).toMatchObject({
      state: 'unread',
      reason: 'contradiction: its tree of 5 entries does not go on from the one of 3',
    });
  });

  test('that shrinks contradicts itself', async () => {
    await addStrangers(3);
    const cursors = await begin();
    server.log.forget(2);
    const reason = 'contradiction: it had 3 entries and now has 2';
    expect(await read(cursors)).toEqual({ state: 'unread', log: 'twin', reason });
  });

  test('that somebody else signs is not believed', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const reading = await read([], portTo(key));
    expect(reading).toMatchObject({
      state: 'unread',
      reason: expect.stringContaining("not signed with the log's key"),
    });
  });

  test('whose tree head is days old may hide something', async () => {
    const later = () => Date.now() + 30 * hourMs;
    const reading = await read([], portTo(server.key, later), in20Seconds(later));
    expect(reading).toMatchObject({ state: 'unread', reason: expect.stringContaining('it may hide what came since') });
  });

  test('that does not answer is unread, and says so', async () => {
    await server.close();
    expect(await read()).toMatchObject({ state: 'unread', reason: expect.stringContaining('ECONNREFUSED') });
    server = await startLogServer(folder);
  });

  test('a certificate that names a domain and cannot be read is told all the same', async () => {
    const cursors = await begin();
    const [der = Buffer.alloc(0), issuer = root] = chainFor(['shop.example.com']);
    const spoiled = Buffer.from(der);
    spoiled.write('at no time', der.indexOf('20260501000000Z'));
    await server.add([spoiled, issuer]);
    expect(await read(cursors)).toMatchObject({
      state: 'read',
      found: [{ index: 0, certificate: { names: [], subject: expect.stringMatching(/^unreadable: /) } }],
    });
  });
});

describeTransparency('RFC 6962', async () => {
  await server.add(chainFor(['before.example.org']));
  return {
    port: transparencyLogsOver(
      async () => [{ name: 'twin', url: server.url, key: server.key, kind: 'rfc6962' }],
      Date.now,
    ),
    domain: 'shop.example.com',
    log: async (names) => void (await server.add(chainFor([...names]))),
    contradict: async () => server.log.forget(1),
    deadline: in20Seconds(),
  };
});

describe('which logs', () => {
  const portFor = async (list: unknown) => {
    const LOG_LIST_FILE = join(folder, 'logs.json');
    await writeFile(LOG_LIST_FILE, JSON.stringify(list));
    return ctLogs.create({ LOG_LIST_FILE });
  };
  const log = (differs = {}) => ({ description: 'twin', url: server.url, key: server.key, ...differs });
  const tiled = () => ({
    description: 'tiled',
    monitoring_url: server.url,
    submission_url: server.url,
    key: server.key,
  });

  test('those of the list that still take certificates', async () => {
    const operators = [
      { name: 'a', logs: [log({ state: { usable: {} } }), log({ description: 'old', state: { retired: {} } })] },
      { name: 'b', tiled_logs: [tiled()] },
    ];
    const readings = await (await portFor({ operators })).since([], domains, in20Seconds());
    expect(readings).toMatchObject([
      { log: 'twin', state: 'read' },
      { log: 'tiled', state: 'read' },
    ]);
  });

  test('none: that is no reading without findings', async () => {
    const readings = await (await portFor({ operators: [] })).since([], domains, in20Seconds());
    expect(readings).toMatchObject([{ state: 'unread', reason: expect.stringContaining('the list of logs is empty') }]);
  });

  test('none, where nothing is watched', async () => {
    expect(await (await portFor({ operators: [] })).since([], [], in20Seconds())).toEqual([]);
  });

  test('a list that is none names everything that is wrong with it', async () => {
    const port = await portFor({ operators: [{ logs: [log({ url: 'nowhere', key: 'AAAA' })] }] });
    const refused = port.since([], domains, in20Seconds());
    await expect(refused).rejects.toEqual(failure('ConfigInvalid'));
    await expect(refused).rejects.toThrow(/key: expected a public key.*url: expected a URL/);
  });
});
