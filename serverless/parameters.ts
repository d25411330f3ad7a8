/**
 * What Terraform provisions and this stack uses. Each is a parameter that CloudFormation reads from the Parameter Store
 * when it deploys, under `/evenkeel/<stage>/`, so packaging needs no account. By logical id: the name in the store,
 * what it holds, and `list` where it holds several values separated by commas.
 */
const fromStore = {
  AccessGroup: { name: 'access-group', holds: 'The Kubernetes group of the functions that use the cluster' },
  AlarmTopicArn: { name: 'alarm-topic-arn', holds: 'The SNS topic that all alarms of the control plane tell' },
  ClusterName: { name: 'cluster-name', holds: 'The EKS cluster that runs the services' },
  ClusterNamespace: { name: 'cluster-namespace', holds: 'The Kubernetes namespace of the services' },
  FunctionSecurityGroupId: {
    name: 'function-security-group-id',
    holds: 'Security group of the functions in the network',
  },
  FunctionSubnetIds: { name: 'function-subnet-ids', holds: 'Subnets of those functions, separated by commas' },
  ImageRegistry: { name: 'image-registry', holds: 'Host name of the image registry' },
  ImageRepositoryPrefix: { name: 'image-repository-prefix', holds: 'An image repository is this and the service' },
  ListenerRuleArns: { name: 'listener-rule-arns', holds: 'The listener rules of all services', list: true },
  PermissionsBoundaryArn: {
    name: 'permissions-boundary-arn',
    holds: 'The most that roles of the control plane may do',
  },
  ProbeAddresses: { name: 'probe-addresses', holds: 'JSON: where to send requests, by service and slot' },
  TrafficRules: { name: 'traffic-rules', holds: 'JSON: listener rule and target groups, by service' },
} as const;

type Entry = { name: string; holds: string; list?: boolean };

const parameter = ({ name, holds, list = false }: Entry) => ({
  Type: `AWS::SSM::Parameter::Value<${list ? 'List<String>' : 'String'}>`,
  Default: `/evenkeel/\${sls:stage}/${name}`,
  Description: holds,
});

export const parameters = Object.fromEntries(Object.entries(fromStore).map(([id, entry]) => [id, parameter(entry)]));
