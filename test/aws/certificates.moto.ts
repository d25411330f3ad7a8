import { X509Certificate } from 'node:crypto';
import { ACMClient, ImportCertificateCommand } from '@aws-sdk/client-acm';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from '@jest/globals';
import { awsInventory } from '../../lib/adapters/certificates/inventory.ts';
import type { Source } from '../../lib/contracts/certificate.ts';
import { issue, newIdentity, pemOf } from '../../twin/certificates/issue.ts';
import { someSubnets, uniqueName } from './account.ts';

const balancers = new ElasticLoadBalancingV2Client();
const holder = newIdentity('shop', 'Test');
const life = { fromMs: Date.now() - 86_400_000, toMs: Date.now() + 86_400_000 };

const entriesOf = async (source: Source) => {
  const readings = await awsInventory.create({ CLUSTER_NAME: 'nowhere', CLUSTER_NAMESPACE: 'mcp-ui' }).read();
  const reading = readings.find((one) => one.source === source);
  if (reading?.state !== 'read') throw new Error(`${source}: ${reading?.reason}`);
  return reading.entries;
};

/** Under the same ARN again it takes the place of the one before. */
const importTo = async (region: string, name: string, CertificateArn?: string) => {
  const pem = pemOf(issue(holder, holder, { ...life, names: [name] }));
  const made = await new ACMClient({ region }).send(
    new ImportCertificateCommand({
      CertificateArn,
      Certificate: Buffer.from(pem),
      PrivateKey: Buffer.from(holder.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    }),
  );
  const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  return { arn: made.CertificateArn ?? '', fingerprint };
};

test.each(['eu-west-1', 'us-east-1'])(
  'a certificate that was imported in %s is known with its public part',
  async (region) => {
    const { arn, fingerprint } = await importTo(region, 'shop.example.com');
    const find = async () => (await entriesOf('acm')).find(({ id }) => id === `acm:${arn}`);
    expect(await find()).toMatchObject({
      renewer: 'imported',
      certificate: { fingerprint, names: ['shop.example.com'] },
    });
    const newer = await importTo(region, 'shop.example.com', arn);
    expect(await find()).toMatchObject({ certificate: { fingerprint: newer.fingerprint } });
  },
);

test('a listener uses its certificate, and serves the names of its rules', async () => {
  const { arn } = await importTo('eu-west-1', 'shop.example.com');
  const Subnets = await someSubnets();
  const balancer = await balancers.send(new CreateLoadBalancerCommand({ Name: uniqueName('public'), Subnets }));
  const nothing = [{ Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '404' } }];
  const made = await balancers.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancer.LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{ CertificateArn: arn }],
      DefaultActions: nothing,
    }),
  );
  const ListenerArn = made.Listeners?.[0]?.ListenerArn;
  const Conditions = [{ Field: 'host-header', Values: ['shop.example.com'] }];
  await balancers.send(new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions, Actions: nothing }));
  expect((await entriesOf('listener')).find(({ id }) => id === `listener:${ListenerArn}`)).toMatchObject({
    uses: [`acm:${arn}`],
    endpoints: [{ host: 'shop.example.com', port: 443, protocol: 'https' }],
  });
});

test('a distribution uses its certificate, and serves its aliases', async () => {
  const { arn } = await importTo('us-east-1', 'cdn.example.com');
  const made = await new CloudFrontClient({ region: 'us-east-1' }).send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: uniqueName('cdn'),
        Comment: '',
        Enabled: true,
        Aliases: { Quantity: 1, Items: ['cdn.example.com'] },
        ViewerCertificate: { ACMCertificateArn: arn, SSLSupportMethod: 'sni-only' },
        Origins: {
          Quantity: 1,
          Items: [{ Id: 'o', DomainName: 'o.s3.amazonaws.com', S3OriginConfig: { OriginAccessIdentity: '' } }],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'o',
          ViewerProtocolPolicy: 'https-only',
          MinTTL: 0,
          ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
        },
      },
    }),
  );
  expect((await entriesOf('cloudfront')).find(({ id }) => id === `cloudfront:${made.Distribution?.Id}`)).toMatchObject({
    names: ['cdn.example.com'],
    uses: [`acm:${arn}`],
    endpoints: [{ host: 'cdn.example.com', port: 443, protocol: 'https' }],
  });
});
