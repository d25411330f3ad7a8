import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientDefaults } from '../../lib/adapters/aws/client-defaults.ts';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { yamlCatalogs } from '../../lib/adapters/file/yaml-catalogs.ts';
import { kmsSigner } from '../../lib/adapters/kms/signer.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { s3EvidenceVault } from '../../lib/adapters/s3/evidence-vault.ts';
import { stepFunctionsClient } from '../../lib/adapters/sfn/client.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { adapter, buildAll } from '../../lib/runtime/adapter.ts';
import type { Environment } from '../output/style.ts';
import type { ControlPlane, Runs } from './control-plane.ts';
import { eventBridgeEvents } from './events.ts';
import { stepFunctionsRuns } from './runs.ts';

/** The same settings as the functions have. */
const runs = adapter(sfnMachines.config, (arns) =>
  stepFunctionsRuns(stepFunctionsClient(), {
    deployment: arns.DEPLOYMENT_MACHINE_ARN,
    rollback: arns.ROLLBACK_MACHINE_ARN,
    backup: arns.BACKUP_MACHINE_ARN,
    'restore-test': arns.RESTORE_TEST_MACHINE_ARN,
    failover: arns.FAILOVER_MACHINE_ARN,
    'certificate-check': arns.CERTIFICATE_CHECK_MACHINE_ARN,
    remediation: arns.REMEDIATION_MACHINE_ARN,
    escalation: arns.ESCALATION_MACHINE_ARN,
  }),
);

const adapters = {
  backups: dynamoBackups,
  catalogs: yamlCatalogs,
  certificates: dynamoCertificates,
  clock: systemClock,
  cluster: eksCluster,
  drills: dynamoDrills,
  evidence: s3EvidenceVault,
  incidents: dynamoIncidents,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  releases: dynamoReleases,
  signals: cloudwatchSignals,
  signer: kmsSigner,
  traffic: albTraffic,
  runs,
};

/** `serverless.yml` attaches its rules to the account's default bus. */
const busName = 'default';

/** Over the account that the AWS SDK finds credentials for. Errors: `ConfigInvalid` that names all missing settings. */
export const awsPlane = (environment: Environment): ControlPlane => {
  const { runs, ...ports } = buildAll<ControlPlane['ports'] & { runs: Runs }>(adapters, environment);
  return { kind: 'aws', ports, runs, events: eventBridgeEvents(new EventBridgeClient(clientDefaults), busName) };
};
