import { packagedCatalog } from './catalog.ts';
import { accountArn, arnOf, ref, stackName, type Value } from './cloudformation.ts';

/** The value of each setting that an adapter asks for. Which function gets which follows from its adapters. */
export const settings: Readonly<Record<string, Value>> = {
  BACKUP_BUCKET: ref('BackupBucket'),
  BACKUP_MACHINE_ARN: ref('BackupStateMachine'),
  CATALOG_FILE: packagedCatalog,
  CERTIFICATE_CHECK_MACHINE_ARN: ref('CertificateCheckStateMachine'),
  CLUSTER_NAME: ref('ClusterName'),
  CLUSTER_NAMESPACE: ref('ClusterNamespace'),
  CONTROL_TABLE: ref('ControlTable'),
  COPY_KEY_ARN: ref('CopyKeyArn'),
  // All authorities of Amazon, those of RDS among them; the runtime brings the file.
  DATABASE_CA_FILE: '/var/runtime/ca-cert.pem',
  DATABASE_SECRETS: ref('DatabaseSecrets'),
  DEPLOYMENT_MACHINE_ARN: ref('DeploymentStateMachine'),
  DRILL_KEY_SECRET: ref('DrillKeySecretArn'),
  DRILL_PARAMETER_GROUP: ref('DrillParameterGroup'),
  DRILL_SCHEDULE_GROUP: ref('DrillScheduleGroup'),
  DRILL_SECURITY_GROUP_ID: ref('DrillSecurityGroupId'),
  DRILL_SUBNET_GROUP: ref('DrillSubnetGroup'),
  EVIDENCE_BUCKET: ref('EvidenceBucket'),
  EVIDENCE_LOCK_DAYS: ref('EvidenceLockDays'),
  EVIDENCE_LOCK_MODE: ref('EvidenceLockMode'),
  FAILOVER: ref('Failover'),
  FAILOVER_MACHINE_ARN: ref('FailoverStateMachine'),
  // Endpoints are asked from outside of the network, as users ask them; from there Lambda reaches no IPv6.
  HANDSHAKE_ANCHORS: '',
  HANDSHAKE_IPV6: 'off',
  HANDSHAKE_PRIVATE_HOSTS: '',
  IMAGE_REGISTRY: ref('ImageRegistry'),
  IMAGE_REPOSITORY_PREFIX: ref('ImageRepositoryPrefix'),
  LOG_LIST_FILE: 'config/transparency-logs.json',
  PROBE_ADDRESSES: ref('ProbeAddresses'),
  REMEDIATION_MACHINE_ARN: ref('RemediationStateMachine'),
  REMOVAL_DEAD_LETTERS_ARN: arnOf('EventDeadLetters'),
  // By its name: whoever arms a removal and what it calls would otherwise refer to each other.
  REMOVAL_FUNCTION_ARN: accountArn('lambda', `function:${stackName}-triggerRemovalDue`),
  REMOVAL_ROLE_ARN: ref('RemovalRoleArn'),
  RESTORE_TEST_MACHINE_ARN: ref('RestoreTestStateMachine'),
  ROLLBACK_MACHINE_ARN: ref('RollbackStateMachine'),
  SECOND_REGION: ref('SecondRegion'),
  SIGNING_KEY_ARN: ref('SigningKeyArn'),
  TRAFFIC_RULES: ref('TrafficRules'),
};
