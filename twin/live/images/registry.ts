import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ImageNotFound, RecordCorrupt } from '../../../lib/contracts/failures.ts';
import type { Image } from '../../../lib/contracts/image.ts';
import type { Digest, ServiceName } from '../../../lib/contracts/names.ts';
import { parseRecord, readRecord, writeDurably } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import { ImageContent, type NewImage } from './image-content.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Scan = v.union([
  v.strictObject({ status: v.literal('complete'), critical: count, high: count }),
  v.strictObject({ status: v.picklist(['pending', 'failed', 'absent']) }),
]);

export const digestOf = (bytes: string): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Puts an image and the result of its scan into the service's repository. The same content again is the same image. */
export const pushImage = async (stateDir: string, content: NewImage, scan: Image['scan']): Promise<Digest> => {
  const bytes = JSON.stringify(content);
  const digest = digestOf(bytes);
  const path = paths.image(stateDir, content.repository, digest);
  await mkdir(paths.images(stateDir, content.repository), { recursive: true });
  await writeFile(`${path}.${process.pid}`, bytes);
  await rename(`${path}.${process.pid}`, path);
  await recordScan(stateDir, content.repository, { digest, scan });
  return digest;
};

/** What the scanner says about an image, now or later. */
export const recordScan = (stateDir: string, service: ServiceName, { digest, scan }: Image): Promise<void> =>
  writeDurably(paths.scan(stateDir, service, digest), scan);

/** Undefined when the repository has no such digest. Errors: `RecordCorrupt`. */
export const findImage = async (stateDir: string, service: ServiceName, digest: Digest): Promise<Image | undefined> => {
  const scan = await readRecord(paths.scan(stateDir, service, digest), Scan);
  return scan && { digest, scan };
};

/** What a pod runs. Refuses bytes that are not what the digest says. Errors: `ImageNotFound`, `RecordCorrupt`. */
export const pullImage = async (stateDir: string, service: ServiceName, digest: Digest): Promise<ImageContent> => {
  const path = paths.image(stateDir, service, digest);
  const bytes = await readFile(path, 'utf8').catch((cause) => {
    throw new ImageNotFound(`digest: the registry of "${service}" has no ${digest}`, { service, digest }, { cause });
  });
  if (digestOf(bytes) !== digest) throw new RecordCorrupt(`${path}: the content is ${digestOf(bytes)}`, { path });
  return parseRecord(path, bytes, ImageContent);
};
