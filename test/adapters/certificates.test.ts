import {
  ACMClient,
  type CertificateDetail,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ListCertificatesCommand,
  RenewCertificateCommand,
  RequestInProgressException,
  ResourceNotFoundException,
} from '@aws-sdk/client-acm';
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { awsInventory } from '../../lib/adapters/certificates/inventory.ts';
import { certificateRenewals } from '../../lib/adapters/certificates/renewals.ts';
import type { InventoryEntry, Source } from '../../lib/contracts/certificate.ts';
import { issue, newIdentity, pemOf } from '../../twin/certificates/issue.ts';
import { failure } from '../contracts/good.ts';

const acm = mockClient(ACMClient);
const balancers = mockClient(ElasticLoadBalancingV2Client);
const cloudFront = mockClient(CloudFrontClient);
const eks = mockClient(EKSClient);

const arn = (id: string, region = 'eu-west-1') => `arn:aws:acm:${region}:123456789012:certificate/${id}`;
const authority = newIdentity('Test CA', 'Test');
const pem = pemOf(
  issue(newIdentity('shop', 'Test'), authority, { names: ['shop.example.com'], fromMs: 0, toMs: 86_400_000 }),
);
const issued = (differs: Partial<CertificateDetail> = {}): CertificateDetail => ({
  CertificateArn: arn('1'),
  DomainName: 'shop.example.com',
  SubjectAlternativeNames: ['shop.example.com', 'WWW.shop.example.com'],
  Status: 'ISSUED',
  Type: 'AMAZON_ISSUED',
  InUseBy: ['arn:aws:elasticloadbalancing:somewhere'],
  ...differs,
});

const has = (...details: CertificateDetail[]) => {
  acm
    .on(ListCertificatesCommand)
    .resolves({ CertificateSummaryList: details.map(({ CertificateArn }) => ({ CertificateArn })) });
  for (const Certificate of details)
    acm.on(DescribeCertificateCommand, { CertificateArn: Certificate.CertificateArn ?? '' }).resolves({ Certificate });
  acm.on(GetCertificateCommand).resolves({ Certificate: pem });
};

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  has();
  balancers.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [] });
  cloudFront.on(ListDistributionsCommand).resolves({ DistributionList: undefined });
  eks.on(DescribeClusterCommand).resolves({ cluster: { status: 'CREATING' } });
});
afterEach(() => {
  for (const client of [acm, balancers, cloudFront, eks]) client.reset();
});

const port = awsInventory.create({ CLUSTER_NAME: 'main', CLUSTER_NAMESPACE: 'mcp-ui' });
const readingOf = async (source: Source) => (await port.read()).find((reading) => reading.source === source);
const entriesOf = async (source: Source): Promise<InventoryEntry[]> => {
  const reading = await readingOf(source);
  if (reading?.state !== 'read') throw new Error(`${source}: ${reading?.reason}`);
  return reading.entries;
};

describe('sources', () => {
  test('each is read on its own: one that fails says why, and takes nothing from the others', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    acm.on(ListCertificatesCommand).rejects(denied);
    expect((await port.read()).map(({ source, state }) => `${source} ${state}`).sort()).toEqual([
      'acm unread',
      'cert-manager unread',
      'cloudfront read',
      'ingress unread',
      'listener read',
      'secret unread',
    ]);
    expect(await readingOf('acm')).toMatchObject({ reason: expect.stringContaining('not authorized') });
    expect(await readingOf('secret')).toMatchObject({ reason: expect.stringContaining('CREATING') });
  });
});

describe('certificates of ACM', () => {
  test('all pages, of all kinds of keys, with their public parts', async () => {
    has(issued(), issued({ CertificateArn: arn('2'), Type: 'IMPORTED' }));
    acm
      .on(ListCertificatesCommand)
      .resolves({ CertificateSummaryList: [{ CertificateArn: arn('2') }] })
      .on(ListCertificatesCommand, { NextToken: undefined })
      .resolves({ CertificateSummaryList: [{ CertificateArn: arn('1') }], NextToken: 'more' });
    const entries = await entriesOf('acm');
    expect(entries).toMatchObject([
      { id: `acm:${arn('1')}`, renewer: 'acm', names: ['shop.example.com', 'www.shop.example.com'] },
      { id: `acm:${arn('2')}`, renewer: 'imported' },
    ]);
    expect(entries[0]?.certificate).toMatchObject({ names: ['shop.example.com'], key: { kind: 'ecdsa', bits: 256 } });
    expect(entries[0]).not.toHaveProperty('trouble');
    const [asked] = acm.commandCalls(ListCertificatesCommand);
    expect(asked?.args[0].input.Includes?.keyTypes).toEqual(expect.arrayContaining(['RSA_2048', 'EC_prime256v1']));
  });

  test.each([
    [{ Status: 'EXPIRED' as const }, 'status EXPIRED'],
    [{ Status: 'FAILED' as const, FailureReason: 'CAA_ERROR' as const }, 'status FAILED, CAA_ERROR'],
    [
      {
        RenewalSummary: {
          RenewalStatus: 'PENDING_VALIDATION' as const,
          UpdatedAt: new Date(0),
          DomainValidationOptions: [
            {
              DomainName: 'shop.example.com',
              ValidationStatus: 'PENDING_VALIDATION' as const,
              ResourceRecord: { Name: '_x.shop.example.com.', Type: 'CNAME' as const, Value: '_y.acm.aws.' },
            },
          ],
        },
      },
      'renewal PENDING_VALIDATION, DNS must have _x.shop.example.com. CNAME _y.acm.aws.',
    ],
  ])('%o is trouble', async (differs, trouble) => {
    has(issued(differs));
    expect(await entriesOf('acm')).toMatchObject([{ trouble }]);
  });

  test('what cannot be read as a certificate is trouble, not absence', async () => {
    has(issued());
    acm
      .on(GetCertificateCommand)
      .resolves({ Certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' });
    const [entry] = await entriesOf('acm');
    expect(entry?.trouble).toMatch(/cannot be read/);
    expect(entry).not.toHaveProperty('certificate');
  });
});

test('listeners that speak TLS use certificates, and serve the names of their rules', async () => {
  balancers
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancers: [{ LoadBalancerArn: 'alb' }] })
    .on(DescribeListenersCommand)
    .resolves({ Listeners: [{ ListenerArn: 'http', Port: 80, Protocol: 'HTTP' }], NextMarker: 'more' })
    .on(DescribeListenersCommand, { Marker: 'more' })
    .resolves({ Listeners: [{ ListenerArn: 'https', Port: 8443, Protocol: 'HTTPS' }] })
    .on(DescribeListenerCertificatesCommand)
    .resolves({
      Certificates: [{ CertificateArn: arn('1') }, { CertificateArn: 'arn:aws:iam::1:server-certificate/x' }],
    })
    .on(DescribeRulesCommand)
    .resolves({
      Rules: [
        { Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['Shop.example.com', '*.example.com'] } }] },
        { Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }] },
      ],
    });
  expect(await entriesOf('listener')).toEqual([
    {
      id: 'listener:https',
      source: 'listener',
      names: ['shop.example.com', '*.example.com'],
      renewer: 'unknown',
      uses: [`acm:${arn('1')}`, 'iam:arn:aws:iam::1:server-certificate/x'],
      endpoints: [{ host: 'shop.example.com', port: 8443, protocol: 'https' }],
    },
  ]);
});

test('distributions use certificates, and serve their aliases while they are on', async () => {
  const aDistribution = (Id: string, Enabled: boolean) =>
    ({
      Id,
      Enabled,
      Aliases: { Quantity: 1, Items: ['cdn.example.com'] },
      ViewerCertificate: { ACMCertificateArn: arn('9', 'us-east-1') },
    }) as never;
  const page = { Marker: '', MaxItems: 1, Quantity: 1 };
  cloudFront
    .on(ListDistributionsCommand)
    .resolves({ DistributionList: { ...page, IsTruncated: true, NextMarker: 'm', Items: [aDistribution('A', true)] } })
    .on(ListDistributionsCommand, { Marker: 'm' })
    .resolves({ DistributionList: { ...page, IsTruncated: false, Items: [aDistribution('B', false)] } });
  const uses = [`acm:${arn('9', 'us-east-1')}`];
  expect(await entriesOf('cloudfront')).toMatchObject([
    { id: 'cloudfront:A', uses, endpoints: [{ host: 'cdn.example.com', port: 443, protocol: 'https' }] },
    { id: 'cloudfront:B', uses, endpoints: [] },
  ]);
});

describe('a renewal', () => {
  const renewals = certificateRenewals.create({ CLUSTER_NAME: 'main' });
  const entry = (renewer: InventoryEntry['renewer'], id = `acm:${arn('1')}`): InventoryEntry => ({
    id,
    source: 'acm',
    names: [],
    renewer,
    uses: [],
    endpoints: [],
  });
  const request = (detail: Partial<CertificateDetail>) => {
    has(issued(detail));
    return renewals.request(entry('acm'), 'r1');
  };
  const asked = () => acm.commandCalls(RenewCertificateCommand).length;
  const pending = {
    RenewalStatus: 'PENDING_AUTO_RENEWAL' as const,
    UpdatedAt: new Date(0),
    DomainValidationOptions: [],
  };

  test.each([
    ['that ACM does by itself is not asked for', {}, 0],
    ['that is under way is not asked for', { RenewalSummary: pending }, 0],
    ['of one that was exported is asked for', { Type: 'PRIVATE', RenewalEligibility: 'ELIGIBLE' }, 1],
    [
      'of a public one that may be exported is asked for',
      { Options: { Export: 'ENABLED' }, RenewalEligibility: 'ELIGIBLE' },
      1,
    ],
  ] as [string, Partial<CertificateDetail>, number][])('%s', async (_, detail, times) => {
    acm.on(RenewCertificateCommand).resolves({});
    expect(await request(detail)).toBe('requested');
    expect(asked()).toBe(times);
  });

  test('that ACM has begun meanwhile is requested', async () => {
    acm.on(RenewCertificateCommand).rejects(new RequestInProgressException({ message: '', $metadata: {} }));
    expect(await request({ Type: 'PRIVATE', RenewalEligibility: 'ELIGIBLE' })).toBe('requested');
  });

  test.each([
    [
      'without its DNS record',
      {
        RenewalSummary: {
          ...pending,
          RenewalStatus: 'PENDING_VALIDATION',
          DomainValidationOptions: [{ DomainName: 'shop.example.com' }],
        },
      },
      /shop\.example\.com must be validated/,
    ],
    [
      'that failed',
      { RenewalSummary: { ...pending, RenewalStatus: 'FAILED', RenewalStatusReason: 'CAA_ERROR' } },
      /renewal FAILED, CAA_ERROR/,
    ],
    ['of one that nobody uses', { InUseBy: [] }, /nothing uses it/],
    ['of one that has expired', { Status: 'EXPIRED' }, /status EXPIRED/],
  ] as [string, Partial<CertificateDetail>, RegExp][])('%s is refused, with the reason', async (_, detail, reason) => {
    const refused = request(detail);
    await expect(refused).rejects.toEqual(failure('RenewalRefused'));
    await expect(refused).rejects.toThrow(reason);
  });

  test('of one that is gone is refused', async () => {
    const gone = new ResourceNotFoundException({ message: 'gone', $metadata: {} });
    acm.on(DescribeCertificateCommand).rejects(gone);
    await expect(renewals.request(entry('acm', `acm:${arn('0')}`), 'r1')).rejects.toEqual(failure('RenewalRefused'));
  });

  test('is a person’s where a person imported it, or has a letter to answer', async () => {
    expect(await renewals.request(entry('imported'), 'r1')).toBe('person');
    expect(await renewals.request(entry('unknown'), 'r1')).toBe('person');
    expect(await request({ Type: 'IMPORTED' })).toBe('person');
    const RenewalSummary = { ...pending, RenewalStatus: 'PENDING_VALIDATION' as const };
    const byMail = [{ DomainName: 'shop.example.com', ValidationMethod: 'EMAIL' as const }];
    expect(await request({ RenewalSummary, DomainValidationOptions: byMail })).toBe('person');
  });
});
