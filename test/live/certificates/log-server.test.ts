import { X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCheckpoint } from '../../../lib/domain/transparency/checkpoint.ts';
import { checkConsistency } from '../../../lib/domain/transparency/consistency.ts';
import { readDataTile, readEntry } from '../../../lib/domain/transparency/entry.ts';
import { rootOf } from '../../../lib/domain/transparency/frontier.ts';
import { isSignedBy, publicKeyOf, signedBytesOf } from '../../../lib/domain/transparency/tree-head.ts';
import { type LogServer, startLogServer } from '../../../twin/live/certificates/log-server.ts';
import { newServerIdentity } from '../../support/certificate.ts';
import { newFolder } from '../support/folder.ts';

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

const chain = () => {
  const { cert, ca } = newServerIdentity();
  return [cert, ca].map((pem) => new X509Certificate(pem).raw);
};
const get = async (path: string) => fetch(new URL(path, server.url));
const getJson = async (path: string) => (await (await get(path)).json()) as Record<string, string & string[]>;
const submit = (path: string, body: unknown) =>
  fetch(new URL(path, server.url), { method: 'POST', body: JSON.stringify(body) });
const addTimes = async (times: number) => {
  for (let count = 0; count < times; count += 1) await server.add(chain());
};

const treeHead = async () => {
  const sth = await getJson('ct/v1/get-sth');
  const head = {
    size: Number(sth.tree_size),
    root: Buffer.from(sth.sha256_root_hash ?? '', 'base64'),
    atMs: Number(sth.timestamp),
  };
  return { head, signature: Buffer.from(sth.tree_head_signature ?? '', 'base64') };
};
const allEntries = async (size: number) => {
  const { entries } = (await getJson(`ct/v1/get-entries?start=0&end=${size - 1}`)) as unknown as {
    entries: { leaf_input: string; extra_data: string }[];
  };
  return entries.map(({ leaf_input, extra_data }) =>
    readEntry(Buffer.from(leaf_input, 'base64'), Buffer.from(extra_data, 'base64')),
  );
};

describe('by RFC 6962', () => {
  test('an empty log signs an empty tree', async () => {
    const { head, signature } = await treeHead();
    expect(head.size).toBe(0);
    expect(isSignedBy(publicKeyOf(server.key), signedBytesOf(head), signature)).toBe(true);
  });

  test('what is handed in is in the tree that the log signs', async () => {
    const submitted = chain();
    const answer = await submit('ct/v1/add-chain', { chain: submitted.map((der) => der.toString('base64')) });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ sct_version: 0, id: server.log.id().toString('base64') });
    const { head, signature } = await treeHead();
    expect(isSignedBy(publicKeyOf(server.key), signedBytesOf(head), signature)).toBe(true);
    const entries = await allEntries(1);
    expect(entries).toMatchObject([{ precertificate: false, shown: submitted[0], proven: submitted[0] }]);
    expect(rootOf(entries.map(({ hash }) => hash))).toEqual(head.root);
  });

  test('it proves that it only grew', async () => {
    await addTimes(3);
    const before = (await treeHead()).head;
    await addTimes(4);
    const after = (await treeHead()).head;
    const { consistency } = await getJson('ct/v1/get-sth-consistency?first=3&second=7');
    const proof = (consistency ?? []).map((hash) => Buffer.from(hash, 'base64'));
    expect(checkConsistency(before, after, proof)).toMatchObject({ consistent: true });
  });

  test.each(['ct/v1/get-entries?start=5&end=6', 'ct/v1/get-entries', 'ct/v1/get-sth-consistency?first=2&second=1'])(
    '%s is refused',
    async (path) => {
      expect((await get(path)).status).toBe(400);
    },
  );

  test('what is no chain is refused, and logged nowhere', async () => {
    for (const body of [{}, { chain: [] }, { chain: ['bm8gY2VydGlmaWNhdGU='] }])
      expect((await submit('ct/v1/add-chain', body)).status).toBe(400);
    expect(server.log.size).toBe(0);
  });
});

describe('by static-ct', () => {
  test('the checkpoint is signed, and its tiles hold the same tree', async () => {
    await addTimes(3);
    const head = readCheckpoint(await (await get('checkpoint')).text(), publicKeyOf(server.key));
    expect(head?.size).toBe(3);
    const data = readDataTile(Buffer.from(await (await get('tile/data/000.p/3')).arrayBuffer()));
    expect(rootOf(data.map(({ hash }) => hash))).toEqual(head?.root);
    const hashes = Buffer.from(await (await get('tile/0/000.p/3')).arrayBuffer());
    expect(hashes).toEqual(Buffer.concat(data.map(({ hash }) => hash)));
  });

  test('a tile that is not there is not found', async () => {
    expect((await get('tile/0/000')).status).toBe(404);
    expect((await get('tile/9/000')).status).toBe(404);
  });

  test('a checkpoint that somebody else signed, or that was changed, is none', async () => {
    await addTimes(1);
    const note = await (await get('checkpoint')).text();
    const elsewhere = await newFolder();
    const other = await startLogServer(elsewhere);
    await other.close();
    await rm(elsewhere, { recursive: true });
    expect(readCheckpoint(note, publicKeyOf(other.key))).toBeUndefined();
    expect(readCheckpoint(note.replace('\n1\n', '\n2\n'), publicKeyOf(server.key))).toBeUndefined();
    expect(readCheckpoint('', publicKeyOf(server.key))).toBeUndefined();
  });
});

test('started again in its folder it is the same log', async () => {
  await addTimes(3);
  const { head } = await treeHead();
  await server.close();
  server = await startLogServer(folder);
  const { size, root } = (await treeHead()).head;
  expect({ size, root }).toEqual({ size: head.size, root: head.root });
});
