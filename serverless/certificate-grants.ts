import { accountArn, allow, type Statement, sub } from './cloudformation.ts';

/*
 * What the adapters of certificates may do: read what is public, and ask for renewals. What they may do in the cluster is in
 * k8s/base/access, and Secrets are not among it.
 */
const certificates = sub(`arn:\${AWS::Partition}:acm:*:\${AWS::AccountId}:certificate/*`);
const cluster = allow(['eks:DescribeCluster'], accountArn('eks', `cluster/\${ClusterName}`));

export const inventoryStatements: readonly Statement[] = [
  allow(['acm:DescribeCertificate', 'acm:GetCertificate'], certificates),
  allow(
    [
      'acm:ListCertificates',
      'cloudfront:ListDistributions',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeRules',
    ],
    '*',
  ),
  cluster,
];

export const renewalStatements: readonly Statement[] = [
  allow(['acm:DescribeCertificate', 'acm:RenewCertificate'], certificates),
  cluster,
];
