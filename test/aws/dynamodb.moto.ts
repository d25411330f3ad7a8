import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { describeBackups } from '../contracts/backups.contract.ts';
import { describeCertificates } from '../contracts/certificates.contract.ts';
import { describeDrills } from '../contracts/drills.contract.ts';
import { describeIncidents } from '../contracts/incidents.contract.ts';
import { describeLeases } from '../contracts/leases.contract.ts';
import { describeLedger } from '../contracts/ledger.contract.ts';
import { describeOutbox } from '../contracts/outbox.contract.ts';
import { describeReleases } from '../contracts/releases.contract.ts';
import { newControlTable } from './account.ts';

describeReleases('DynamoDB', async () => ({ port: dynamoReleases.create(await newControlTable()) }));
describeLeases('DynamoDB', async () => ({ port: dynamoLeases.create(await newControlTable()) }));
describeLedger('DynamoDB', async () => ({ port: dynamoLedger.create(await newControlTable()) }));
describeOutbox('DynamoDB', async () => ({ port: dynamoOutbox.create(await newControlTable()) }));
describeBackups('DynamoDB', async () => ({ port: dynamoBackups.create(await newControlTable()) }));
describeDrills('DynamoDB', async () => ({ port: dynamoDrills.create(await newControlTable()) }));
describeIncidents('DynamoDB', async () => ({ port: dynamoIncidents.create(await newControlTable()) }));
describeCertificates('DynamoDB', async () => ({
  port: dynamoCertificates.create(await newControlTable()),
  run: 'run-1',
  otherRun: 'run-2',
}));
