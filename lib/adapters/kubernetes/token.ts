import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';

/** What the cluster's authenticator accepts: the URL is valid for this long, and the token ten minutes and more. */
const expiresIn = 60;

export type Signing = Pick<SignatureV4Init, 'credentials' | 'region'> & { region: string };

/**
 * A bearer token for an EKS cluster: a presigned STS GetCallerIdentity URL that names the cluster in a signed header.
 * Rule: https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
export const eksToken = async (clusterName: string, { credentials, region }: Signing): Promise<string> => {
  const hostname = `sts.${region}.amazonaws.com`;
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  const headers = { host: hostname, 'x-k8s-aws-id': clusterName };
  const request = { method: 'GET', protocol: 'https:', hostname, path: '/', query, headers };
  const signed = await signer.presign(request, { expiresIn });
  const search = new URLSearchParams(signed.query as Record<string, string>);
  return `k8s-aws-v1.${Buffer.from(`https://${hostname}/?${search}`).toString('base64url')}`;
};
