import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import { DependencyUnavailable } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { eksClient } from './eks-client.ts';
import { eksToken } from './token.ts';
import type { Connection } from './transport.ts';

/** The authenticator takes a token for 15 minutes; a third is left for clocks that differ. */
const tokenLifeMs = 10 * 60_000;

/** A way to the cluster's API, made on first use; the token is renewed before it ends. A failure is not kept. */
export const eksConnection = (clusterName: string): (() => Promise<Connection>) => {
  let cluster: Omit<Connection, 'token'> | undefined;
  let connection: Promise<Connection> | undefined;
  let freshUntilMs = 0;

  const connect = async (): Promise<Connection> => {
    cluster ??= await describeCluster(clusterName);
    return { ...cluster, token: await newToken(clusterName) };
  };

  return () => {
    if (connection && Date.now() < freshUntilMs) return connection;
    freshUntilMs = Date.now() + tokenLifeMs;
    connection = connect().catch((error: unknown) => {
      connection = undefined;
      throw error;
    });
    return connection;
  };
};

const describeCluster = async (name: string): Promise<Omit<Connection, 'token'>> => {
  const { cluster } = await calling('EKS', () => eksClient().send(new DescribeClusterCommand({ name })));
  const { endpoint, certificateAuthority, status } = cluster ?? {};
  if (endpoint && certificateAuthority?.data) {
    return { endpoint, ca: Buffer.from(certificateAuthority.data, 'base64').toString() };
  }
  const message = `EKS: cluster "${name}" has no endpoint or certificate authority yet, its status is ${status}`;
  throw new DependencyUnavailable(message, { name, status });
};

/** Credentials and region come from where the SDK's own clients take them. */
const newToken = async (clusterName: string): Promise<string> => {
  const { credentials, region } = eksClient().config;
  return eksToken(clusterName, { credentials: await calling('credentials', credentials), region: await region() });
};
