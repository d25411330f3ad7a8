import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  type ObjectLockRetentionMode,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import * as v from 'valibot';
import type { DatabaseName } from '../../contracts/database.ts';
import { Evidence, toldOf } from '../../contracts/evidence.ts';
import { RecordCorrupt, WriteConflict } from '../../contracts/failures.ts';
import type { EvidenceVault } from '../../ports/evidence.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { problemsOf } from '../../runtime/problems.ts';
import { calling } from '../aws/failures.ts';
import { s3Client } from './client.ts';

const dependency = 'S3';

const vaultSettings = {
  EVIDENCE_BUCKET: setting,
  EVIDENCE_LOCK_MODE: v.picklist(['COMPLIANCE', 'GOVERNANCE'], 'expected COMPLIANCE or GOVERNANCE'),
  EVIDENCE_LOCK_DAYS: v.pipe(
    setting,
    v.regex(/^[1-9]\d{0,3}$/, 'expected a whole number of days'),
    v.transform(Number),
  ),
};
type Settings = { EVIDENCE_BUCKET: string; EVIDENCE_LOCK_MODE: ObjectLockRetentionMode; EVIDENCE_LOCK_DAYS: number };

/*
 * A place in the chain is one key, so that of two that want it S3 lets one in. Who looks for a drill or failover finds it under a
 * second key, which is written last. A process that ends between the two leaves the newest without it, so that is looked at too.
 */
const placeKey = (database: DatabaseName, sequence: number): string =>
  `${database}/${String(sequence).padStart(8, '0')}.json`;
const nameKey = (database: DatabaseName, of: string): string => `${database}/by-name/${of}.json`;

const dayMs = 86_400_000;
/** A day more than asked for: the bucket refuses less, and what is left is a moment less as soon as it is sent. */
const lockedUntil = (days: number): Date => new Date(Date.now() + (days + 1) * dayMs);

const vaultIn = ({ EVIDENCE_BUCKET: Bucket, EVIDENCE_LOCK_MODE, EVIDENCE_LOCK_DAYS }: Settings): EvidenceVault => {
  const client = s3Client();

  const read = (Key: string): Promise<Evidence | undefined> =>
    calling(dependency, async () => {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket, Key }));
        return parsed(Key, (await found.Body?.transformToString()) ?? '');
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    });

  /** False when the key is taken. Nothing is ever overwritten, and nothing goes before its time. */
  const putNew = (Key: string, evidence: Evidence): Promise<boolean> =>
    calling(dependency, async () => {
      const command = new PutObjectCommand({
        Bucket,
        Key,
        Body: JSON.stringify(evidence),
        ContentType: 'application/json',
        ChecksumAlgorithm: 'SHA256',
        IfNoneMatch: '*',
        ObjectLockMode: EVIDENCE_LOCK_MODE,
        ObjectLockRetainUntilDate: lockedUntil(EVIDENCE_LOCK_DAYS),
      });
      try {
        await client.send(command);
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'PreconditionFailed') return false;
        throw error;
      }
    });

  const keysAfter = async (Prefix: string, token?: string) => {
    const page = { Bucket, Prefix, Delimiter: '/', ...(token && { ContinuationToken: token }) };
    const found = await calling(dependency, () => client.send(new ListObjectsV2Command(page)));
    return { last: found.Contents?.at(-1)?.Key, next: found.NextContinuationToken };
  };

  /** Keys come sorted, so the newest is the last of the last page. */
  const newestKey = async (database: DatabaseName): Promise<string | undefined> => {
    let page = await keysAfter(`${database}/`);
    let newest = page.last;
    while (page.next) {
      page = await keysAfter(`${database}/`, page.next);
      newest = page.last ?? newest;
    }
    return newest;
  };

  const newest = async (database: DatabaseName): Promise<Evidence | undefined> => {
    const key = await newestKey(database);
    return key ? read(key) : undefined;
  };

  return {
    async keep(evidence) {
      const { database, sequence } = evidence;
      const place = placeKey(database, sequence);
      const kept = (await putNew(place, evidence)) ? evidence : await read(place);
      assertSame(place, evidence, kept);
      await putNew(nameKey(database, toldOf(evidence)), kept);
      return kept;
    },
    newest,
    at: (database, sequence) => read(placeKey(database, sequence)),
    async find(database, of) {
      const kept = (await read(nameKey(database, of))) ?? (await newest(database));
      return kept && toldOf(kept) === of ? kept : undefined;
    },
  };
};

function assertSame(place: string, wish: Evidence, kept: Evidence | undefined): asserts kept is Evidence {
  const [wanted, taken] = [toldOf(wish), kept && toldOf(kept)];
  if (taken === wanted) return;
  throw new WriteConflict(`${place}: wanted for ${wanted}, is taken by ${taken}`, { place, wanted, taken });
}

const parsed = (key: string, text: string): Evidence => {
  const json = v.safeParse(v.pipe(v.string(), v.parseJson(), Evidence), text);
  if (json.success) return json.output;
  const problems = problemsOf(json.issues);
  throw new RecordCorrupt(`${key}: ${problems.join('; ')}`, { key, problems });
};

export const s3EvidenceVault = adapter(vaultSettings, vaultIn);
