import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as v from 'valibot';
import { Configuration } from '../../twin/live/exports/configuration.ts';
import { type Sealing, seal, unseal } from '../../twin/live/exports/sealed-file.ts';
import { databaseAddress } from '../../twin/live/index.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { describeExports } from '../contracts/exports.contract.ts';
import { failure } from '../contracts/good.ts';
import { root } from '../support/sources.ts';
import { sharedDatabase } from './support/database.ts';
import { exportsWorld } from './support/exports.ts';

jest.setTimeout(60_000);

const current = sharedDatabase();

// A dump needs programs that not every machine has: test/postgres.
describeExports('live', async () => exportsWorld(current()), ['configuration']);

describe('a configuration of the twin', () => {
  const made = async (backup: string) => {
    const { port, settle, production } = exportsWorld(current());
    await port.start({ kind: 'configuration', backup, instance: production });
    await settle();
    return paths.exported(current().folder, 'configuration', backup);
  };
  const opened = async (backup: string) => {
    const program = join(root, 'twin/live/exports/open.ts');
    const args = [program, '--state', current().folder, 'configuration', backup];
    return (await promisify(execFile)(process.execPath, args)).stdout;
  };

  test('is opened by the program that the docs name, and tells names and versions of secrets, and no value', async () => {
    await made('items-open');
    const text = await opened('items-open');
    const { secrets } = v.parse(Configuration, JSON.parse(text));
    expect(secrets.map(({ name }) => name)).toEqual(['database-login', 'export-key']);
    const { password } = await databaseAddress(current().folder);
    expect(text).not.toContain(password);
    expect(text).not.toContain(await readFile(paths.exportKey(current().folder), 'utf8'));
  });

  test('is unreadable as it lies', async () => {
    const path = await made('items-sealed');
    expect((await readFile(path)).toString('latin1')).not.toContain('evenkeel-configuration');
  });

  test('that was cut off after it was made has failed', async () => {
    const path = await made('items-cut');
    await truncate(path, 20);
    const found = await current().ports.exports.find('configuration', 'items-cut');
    expect(found).toEqual({ status: 'failed', reason: expect.stringMatching(/it has 20 bytes, and was made with/) });
  });

  test('that was lost after it was made has failed', async () => {
    await rm(await made('items-lost'));
    const found = await current().ports.exports.find('configuration', 'items-lost');
    expect(found).toEqual({ status: 'failed', reason: expect.stringMatching(/it is gone/) });
  });
});

test('without the client programs a dump is refused before anything is begun, naming what is needed', async () => {
  const before = { ...process.env };
  Object.assign(process.env, { EVENKEEL_POSTGRES_BIN: tmpdir() });
  try {
    const { port, production } = exportsWorld(current());
    const begun = port.start({ kind: 'dump', backup: 'items-none', instance: production });
    await expect(begun).rejects.toEqual(failure('ConfigInvalid'));
    await expect(begun).rejects.toThrow(/pg_dump and pg_restore in EVENKEEL_POSTGRES_BIN=/);
    expect(await port.find('dump', 'items-none')).toBeUndefined();
  } finally {
    process.env = before;
  }
});

describe('a sealed file', () => {
  const plain = randomBytes(300_000);
  let folder: string;
  let sealing: Sealing;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evenkeel-sealed-'));
    sealing = { path: join(folder, 'file'), key: randomBytes(32), name: 'dump/items-b1' };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async (differs: Partial<Sealing> = {}) => {
    const out = new PassThrough();
    const content = buffer(out);
    content.catch(() => undefined);
    const sealed = await unseal({ ...sealing, ...differs }, out);
    return { content: await content, sealed };
  };

  test('gives back what went in, and the figures of what is stored', async () => {
    const written = await seal(Readable.from([plain]), sealing);
    const { content, sealed } = await read();
    expect(content.equals(plain)).toBe(true);
    expect(sealed).toEqual(written);
    expect((await readFile(sealing.path)).length).toBe(written.bytes);
  });

  test.each([0, 5, 20, 200_000, -1, -20])('with the byte at %p changed is refused', async (at) => {
    await seal(Readable.from([plain]), sealing);
    const content = await readFile(sealing.path);
    const place = at < 0 ? content.length + at : at;
    content[place] = (content[place] ?? 0) ^ 1;
    await writeFile(sealing.path, content);
    await expect(read()).rejects.toEqual(failure('RecordCorrupt'));
  });

  test.each([10, 28, 1000])('cut off after %p bytes is refused', async (size) => {
    await seal(Readable.from([plain]), sealing);
    await truncate(sealing.path, size);
    await expect(read()).rejects.toEqual(failure('RecordCorrupt'));
  });

  test("under another's name, or with another key, is refused", async () => {
    await seal(Readable.from([plain]), sealing);
    await expect(read({ name: 'dump/items-b2' })).rejects.toEqual(failure('RecordCorrupt'));
    await expect(read({ key: randomBytes(32) })).rejects.toEqual(failure('RecordCorrupt'));
  });

  test('two of the same are not alike', async () => {
    await seal(Readable.from([plain]), sealing);
    const first = await readFile(sealing.path);
    await seal(Readable.from([plain]), sealing);
    expect(first.equals(await readFile(sealing.path))).toBe(false);
  });
});
