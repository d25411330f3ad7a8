import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { describeLeases } from '../contracts/leases.contract.ts';
import { describeLedger } from '../contracts/ledger.contract.ts';
import { describeOutbox } from '../contracts/outbox.contract.ts';
import { describeReleases } from '../contracts/releases.contract.ts';
import { newControlTable } from './account.ts';

describeReleases('DynamoDB', async () => ({ port: dynamoReleases.create(await newControlTable()) }));
describeLeases('DynamoDB', async () => ({ port: dynamoLeases.create(await newControlTable()) }));
describeLedger('DynamoDB', async () => ({ port: dynamoLedger.create(await newControlTable()) }));
describeOutbox('DynamoDB', async () => ({ port: dynamoOutbox.create(await newControlTable()) }));
