import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const schedulerClient = once(() => new SchedulerClient(clientDefaults));
