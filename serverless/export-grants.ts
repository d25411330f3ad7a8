import { accountArn, allow, provided, ref, type Statement, sub } from './cloudformation.ts';

const bucket = (rest = '') => sub(`arn:\${AWS::Partition}:s3:::\${BackupBucket}${rest}`);
/** What the jobs may write below (terraform/modules/identity). */
const prefixes = ['database/*', 'configuration/*'];

/**
 * Looking at what jobs of the cluster left, and removing it; nothing here writes. A removal takes away the newest version's name: the
 * version itself stays for as long as it is locked.
 */
export const exportStatements: readonly Statement[] = [
  allow(['eks:DescribeCluster'], accountArn('eks', `cluster/\${ClusterName}`)),
  allow(
    ['s3:DeleteObject', 's3:GetObject'],
    prefixes.map((prefix) => bucket(`/${prefix}`)),
  ),
  provided(allow(['s3:ListBucket'], bucket()), { StringLike: { 's3:prefix': prefixes } }),
  provided(allow(['kms:Decrypt'], ref('BackupKeyArn')), {
    StringEquals: { 'kms:ViaService': sub(`s3.\${AWS::Region}.\${AWS::URLSuffix}`) },
  }),
];
