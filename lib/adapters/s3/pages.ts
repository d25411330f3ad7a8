import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Pages } from '../../ports/pages.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { calling } from '../aws/failures.ts';
import { s3Client } from './client.ts';

/** Who asks again sees what has changed; whatever stands before the bucket may keep it as long. */
const CacheControl = 'public, max-age=30';

const pagesIn = (Bucket: string): Pages => ({
  async put({ name, type, content }) {
    const ContentType = `${type}; charset=utf-8`;
    const command = new PutObjectCommand({ Bucket, Key: name, Body: content, ContentType, CacheControl });
    await calling('S3', () => s3Client().send(command));
  },
});

export const s3Pages = adapter({ PAGES_BUCKET: setting }, ({ PAGES_BUCKET }) => pagesIn(PAGES_BUCKET));
