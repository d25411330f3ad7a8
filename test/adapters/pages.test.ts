import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { s3Pages } from '../../lib/adapters/s3/pages.ts';
import { failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const s3 = mockClient(S3Client);
const pages = () => fromEnvironment(s3Pages, { PAGES_BUCKET: 'evenkeel-pages' });
const page = { name: 'status.html', type: 'text/html', content: '<p>all is well</p>' } as const;

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});
afterEach(() => {
  s3.reset();
});

test('a page is an object that browsers show, and ask for again soon', async () => {
  s3.on(PutObjectCommand).resolves({});
  await pages().put(page);
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
    Bucket: 'evenkeel-pages',
    Key: 'status.html',
    Body: '<p>all is well</p>',
    ContentType: 'text/html; charset=utf-8',
    CacheControl: 'public, max-age=30',
  });
});

test('a refusal is named', async () => {
  s3.on(PutObjectCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  await expect(pages().put(page)).rejects.toEqual(failure('AccessDenied'));
});
