import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const cloudWatchClient = once(() => new CloudWatchClient(clientDefaults));
