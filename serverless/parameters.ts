/**
 * What Terraform provisions and this stack uses. Each is a parameter that CloudFormation reads from the Parameter Store
 * when it deploys, under `/evenkeel/<stage>/`, so packaging needs no account. By logical id: the name in the store,
 * what it holds, and `list` where it holds several values separated by commas.
 */
const fromStore = {
  AccessGroup: { name: 'access-group', holds: 'The Kubernetes group of the functions that use the cluster' },
  ActorBoundaryArn: {
    name: 'actor-boundary-arn',
    holds: 'The most that functions that act on what an alarm is about may do',
  },
  AlarmTopicArn: { name: 'alarm-topic-arn', holds: 'The SNS topic that all alarms of the control plane tell' },
  AlertTopicArn: { name: 'alert-topic-arn', holds: 'The SNS topic of alerts that the control plane answers' },
  BackupBucket: { name: 'backup-bucket', holds: 'Bucket of dumps and of configuration backups' },
  BackupKeyArn: { name: 'backup-key-arn', holds: 'Key that encrypts them' },
  ClusterName: { name: 'cluster-name', holds: 'The EKS cluster that runs the services' },
  ClusterNamespace: { name: 'cluster-namespace', holds: 'The Kubernetes namespace of the services' },
  CopyKeyArn: { name: 'copy-key-arn', holds: 'Key of copies in the second region, or none' },
  DatabaseArns: { name: 'database-arns', holds: 'The databases of production', list: true },
  DatabaseKeyArns: { name: 'database-key-arns', holds: 'Keys of databases and of their copies', list: true },
  DatabaseSecretArns: { name: 'database-secret-arns', holds: 'Logins of those databases', list: true },
  DatabaseSecrets: { name: 'database-secrets', holds: 'JSON: the secret with the login, by instance' },
  DrillKeySecretArn: { name: 'drill-key-secret-arn', holds: 'What passwords of drills are made from' },
  DrillParameterGroup: { name: 'drill-parameter-group', holds: 'Parameters of restored databases' },
  DrillScheduleGroup: { name: 'drill-schedule-group', holds: 'Where removals of drills are scheduled' },
  DrillSecurityGroupId: { name: 'drill-security-group-id', holds: 'The one security group of restored databases' },
  DrillSubnetGroup: { name: 'drill-subnet-group', holds: 'The isolated subnets of restored databases' },
  EvidenceBucket: { name: 'evidence-bucket', holds: 'Bucket of evidence' },
  EvidenceKeyArn: { name: 'evidence-key-arn', holds: 'Key that encrypts evidence' },
  EvidenceLockDays: { name: 'evidence-lock-days', holds: 'For how long evidence is locked' },
  EvidenceLockMode: { name: 'evidence-lock-mode', holds: 'Who may unlock it before: COMPLIANCE means nobody' },
  Failover: { name: 'failover', holds: 'JSON: names, witnesses and old writers of a failover' },
  FunctionBoundaryArn: {
    name: 'function-boundary-arn',
    holds: 'The most that other functions of the control plane may do',
  },
  FunctionSecurityGroupId: {
    name: 'function-security-group-id',
    holds: 'Security group of the functions in the network',
  },
  FunctionSubnetIds: { name: 'function-subnet-ids', holds: 'Subnets of those functions, separated by commas' },
  ImageRegistry: { name: 'image-registry', holds: 'Host name of the image registry' },
  ImageRepositoryPrefix: { name: 'image-repository-prefix', holds: 'An image repository is this and the service' },
  ListenerRuleArns: { name: 'listener-rule-arns', holds: 'The listener rules of all services', list: true },
  MachineBoundaryArn: { name: 'machine-boundary-arn', holds: 'The most that machines of the control plane may do' },
  PagerKeysSecretArn: { name: 'pager-keys-secret-arn', holds: 'Routing keys of the pager, by rota' },
  PagesBucket: { name: 'pages-bucket', holds: 'Bucket of the pages that anybody may read' },
  ProbeAddresses: { name: 'probe-addresses', holds: 'JSON: where to send requests, by service and slot' },
  ReaderSecurityGroupId: {
    name: 'reader-security-group-id',
    holds: 'Security group of the functions that read databases',
  },
  RemovalRoleArn: { name: 'removal-role-arn', holds: 'As whom schedules of removals call' },
  SecondRegion: { name: 'second-region', holds: 'Where copies of backups go, or none' },
  SecretsKeyArn: { name: 'secrets-key-arn', holds: 'Key that encrypts secrets' },
  SigningKeyArn: { name: 'signing-key-arn', holds: 'Key that signs evidence' },
  TrafficRules: { name: 'traffic-rules', holds: 'JSON: listener rule and target groups, by service' },
} as const;

type Entry = { name: string; holds: string; list?: boolean };

const parameter = ({ name, holds, list = false }: Entry) => ({
  Type: `AWS::SSM::Parameter::Value<${list ? 'List<String>' : 'String'}>`,
  Default: `/evenkeel/\${sls:stage}/${name}`,
  Description: holds,
});

export const parameters = Object.fromEntries(Object.entries(fromStore).map(([id, entry]) => [id, parameter(entry)]));
