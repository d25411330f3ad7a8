import { S3Client } from '@aws-sdk/client-s3';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const s3Client = once(() => new S3Client(clientDefaults));
