import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { s3EvidenceVault } from '../../lib/adapters/s3/evidence-vault.ts';
import { failure } from '../contracts/good.ts';
import { someEvidence } from '../contracts/good-recovery.ts';
import { fromEnvironment } from '../support/settings.ts';

const settings = { EVIDENCE_BUCKET: 'evidence', EVIDENCE_LOCK_MODE: 'COMPLIANCE', EVIDENCE_LOCK_DAYS: '400' };
const s3 = mockClient(S3Client);
const vault = () => fromEnvironment(s3EvidenceVault, settings);

const named = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error('why'), { name, $metadata: { httpStatusCode } });
const holding = (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { Body: { transformToString: async () => text } } as never;
};
const dayMs = 86_400_000;

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'none', $metadata: {} }));
});
afterEach(() => {
  s3.reset();
});

test('evidence is put where nothing is, locked for longer than asked for', async () => {
  s3.on(PutObjectCommand).resolves({});
  await vault().keep(someEvidence(7, 'shop-d1'));
  const asked = s3.commandCalls(PutObjectCommand).map(({ args: [command] }) => command.input);
  expect(asked.map(({ Key }) => Key)).toEqual(['shop/00000007.json', 'shop/by-name/shop-d1.json']);
  for (const input of asked) {
    expect(input).toMatchObject({ Bucket: 'evidence', IfNoneMatch: '*', ObjectLockMode: 'COMPLIANCE' });
    expect(Number(input.ObjectLockRetainUntilDate) - Date.now()).toBeGreaterThan(400 * dayMs);
  }
});

test('a place that is taken by the same drill is made complete with what was kept first', async () => {
  const first = someEvidence(7, 'shop-d1');
  s3.on(PutObjectCommand, { Key: 'shop/00000007.json' }).rejects(named('PreconditionFailed', 412));
  s3.on(PutObjectCommand, { Key: 'shop/by-name/shop-d1.json' }).resolves({});
  s3.on(GetObjectCommand, { Key: 'shop/00000007.json' }).resolves(holding(first));
  await vault().keep({ ...first, signature: { ...first.signature, signature: 'YWdhaW4=' } });
  expect(s3.commandCalls(PutObjectCommand)[1]?.args[0].input.Body).toBe(JSON.stringify(first));
});

test('the newest is on the last page', async () => {
  s3.on(ListObjectsV2Command)
    .resolvesOnce({ Contents: [{ Key: 'shop/00000001.json' }], NextContinuationToken: 'more' })
    .resolvesOnce({ Contents: [{ Key: 'shop/00000002.json' }] });
  s3.on(GetObjectCommand, { Key: 'shop/00000002.json' }).resolves(holding(someEvidence(2, 'shop-d2')));
  expect(await vault().newest('shop')).toEqual(someEvidence(2, 'shop-d2'));
  expect(s3.commandCalls(ListObjectsV2Command)[1]?.args[0].input).toMatchObject({ ContinuationToken: 'more' });
});

test('the newest is found by its drill also when its second key was never written', async () => {
  s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'shop/00000002.json' }] });
  s3.on(GetObjectCommand, { Key: 'shop/00000002.json' }).resolves(holding(someEvidence(2, 'shop-d2')));
  expect(await vault().find('shop', 'shop-d2')).toEqual(someEvidence(2, 'shop-d2'));
  expect(await vault().find('shop', 'shop-d1')).toBeUndefined();
});

test.each([['no JSON'], ['{"format":"evenkeel-evidence-2"}']])('what is no evidence is corrupt: %s', async (text) => {
  s3.on(GetObjectCommand).resolves(holding(text));
  await expect(vault().find('shop', 'shop-d1')).rejects.toEqual(failure('RecordCorrupt'));
});

test.each([
  ['SlowDown', 503, 'DependencyThrottled'],
  ['ServiceUnavailable', 503, 'DependencyUnavailable'],
  ['ConditionalRequestConflict', 409, 'WriteConflict'],
  ['AccessDenied', 403, 'AccessDenied'],
])('a write that is refused with %s is %s', async (name, status, expected) => {
  s3.on(PutObjectCommand).rejects(named(name, status));
  await expect(vault().keep(someEvidence(1, 'shop-d1'))).rejects.toEqual(failure(expected));
});

test('all settings are checked at once', () => {
  const make = () => fromEnvironment(s3EvidenceVault, { EVIDENCE_LOCK_MODE: 'none', EVIDENCE_LOCK_DAYS: '0' });
  expect(make).toThrow(/EVIDENCE_BUCKET.*EVIDENCE_LOCK_MODE.*EVIDENCE_LOCK_DAYS/);
});
