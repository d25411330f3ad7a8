import { createHash, type KeyObject } from 'node:crypto';
import { Bytes, uint64Bytes } from './bytes.ts';
import { hashBytes } from './hashes.ts';
import { isSignedBy, signedBytesOf, type TreeHead } from './tree-head.ts';

/* Tree heads as static-ct logs serve them: a signed note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note). */

const treeHeadSignature = 5;
const idBytes = 4;
const lines = /^([^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/=]+)\n\n((?:\u2014 [^ \n]+ [A-Za-z0-9+/=]+\n)+)$/;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const keyId = (origin: string, key: KeyObject): Buffer => {
  const logId = sha256(key.export({ type: 'spki', format: 'der' }));
  return sha256(Buffer.concat([Buffer.from(`${origin}\n`), Buffer.from([treeHeadSignature]), logId])).subarray(
    0,
    idBytes,
  );
};

/** Undefined when it is not a note that the key signed. Signatures by others beside it are no matter. */
export const readCheckpoint = (note: string, key: KeyObject): TreeHead | undefined => {
  const [, origin = '', size = '', root = '', signatures = ''] = lines.exec(note) ?? [];
  const head = { size: Number(size), root: Buffer.from(root, 'base64') };
  if (origin === '' || !Number.isSafeInteger(head.size) || head.root.length !== hashBytes) return undefined;
  const prefix = `\u2014 ${origin} `;
  return signatures
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => Buffer.from(line.slice(prefix.length), 'base64'))
    .filter((bytes) => bytes.subarray(0, idBytes).equals(keyId(origin, key)))
    .map((bytes) => signedHead(head, bytes.subarray(idBytes), key))
    .find((found) => found !== undefined);
};

const momentBytes = 8;

const signedHead = (head: Omit<TreeHead, 'atMs'>, body: Buffer, key: KeyObject): TreeHead | undefined => {
  if (body.length <= momentBytes) return undefined;
  const signed = { ...head, atMs: new Bytes(body).uint64() };
  return isSignedBy(key, signedBytesOf(signed), body.subarray(momentBytes)) ? signed : undefined;
};

/** The other way round. `signature`: as in `get-sth`. */
export const checkpointOf = (origin: string, key: KeyObject, head: TreeHead & { signature: Buffer }): string => {
  const body = Buffer.concat([keyId(origin, key), uint64Bytes(head.atMs), head.signature]).toString('base64');
  return `${origin}\n${head.size}\n${head.root.toString('base64')}\n\n\u2014 ${origin} ${body}\n`;
};
