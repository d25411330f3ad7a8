import * as v from 'valibot';
import { Instant } from './instant.ts';
import { Actor, RequestId, ServiceName } from './names.ts';

/** SHA-256 over the DER of a certificate, in lower-case hexadecimal: what is compared when served must equal meant. */
export const Fingerprint = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'));
export type Fingerprint = string;

/** A host as DNS has it, in lower case, without a dot at its end. A certificate may also name a wildcard. */
export const HostName = v.pipe(
  v.string(),
  v.maxLength(253),
  v.regex(/^([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'expected a host name'),
);
export type HostName = string;
export const isHostName = (text: string): boolean => v.is(HostName, text);

/** How TLS begins at an endpoint: at once, at once and then HTTP, or after PostgreSQL was asked for it. */
export const protocols = ['tls', 'https', 'postgres'] as const;
export const Protocol = v.picklist(protocols);
export type Protocol = v.InferOutput<typeof Protocol>;

/** Where a certificate is served. Every address that `host` resolves to is asked. */
export const Endpoint = v.strictObject({
  host: HostName,
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  protocol: Protocol,
});
export type Endpoint = v.InferOutput<typeof Endpoint>;

export const endpointName = ({ protocol, host, port }: Endpoint): string => `${protocol}://${host}:${port}`;

/** The public part of a certificate, read from its DER. */
export const Certificate = v.object({
  fingerprint: Fingerprint,
  subject: v.string(),
  /** DNS names and addresses of its subjectAltName; a wildcard stays as it is. */
  names: v.array(v.string()),
  issuer: v.string(),
  /** Lower-case hexadecimal. */
  serial: v.string(),
  notBefore: Instant,
  notAfter: Instant,
  key: v.object({ kind: v.picklist(['rsa', 'ecdsa', 'other']), bits: v.number() }),
  /** As `sha256WithRSAEncryption`. */
  signature: v.string(),
  authority: v.boolean(),
});
export type Certificate = v.InferOutput<typeof Certificate>;

export const sources = [
  'acm',
  'secret',
  'cert-manager',
  'listener',
  'ingress',
  'cloudfront',
  'catalog',
  'transparency',
] as const;
export const Source = v.picklist(sources);
export type Source = v.InferOutput<typeof Source>;

/** Who can renew it. `imported`: only a person can. */
export const Renewer = v.picklist(['acm', 'cert-manager', 'imported', 'unknown']);
export type Renewer = v.InferOutput<typeof Renewer>;

/**
 * One thing that a source knows: a certificate, or a place that must serve one. `id` is unique over all sources and stable
 * (`<source>:<its own id>`), so that an entry that vanishes is missed.
 */
export const InventoryEntry = v.object({
  id: v.pipe(v.string(), v.maxLength(400)),
  source: Source,
  /** Names it is meant for. */
  names: v.array(v.string()),
  renewer: Renewer,
  /** The newest that was issued, as far as the source knows its public part. */
  certificate: v.optional(Certificate),
  /** Other certificates it uses, by the `id` of their entries: a listener names one of ACM, an ingress a Secret. */
  uses: v.array(v.string()),
  /** Where it must be served. */
  endpoints: v.array(Endpoint),
  /** The service whose pods serve it themselves, and must be started anew to take up another. */
  service: v.optional(ServiceName),
  /** What its own source says is wrong, as "renewal failed: CAA". */
  trouble: v.optional(v.string()),
});
export type InventoryEntry = v.InferOutput<typeof InventoryEntry>;

/** What one source knew, or why it could not be asked. A source that was not read has no entries, and they are not gone. */
export const SourceReading = v.variant('state', [
  v.object({ state: v.literal('read'), source: Source, entries: v.array(InventoryEntry) }),
  v.object({ state: v.literal('unread'), source: Source, reason: v.string() }),
]);
export type SourceReading = v.InferOutput<typeof SourceReading>;

/** The answer of whoever says whether a certificate was revoked. `checkedUntil`: when it must be asked anew. */
export const Revocation = v.variant('state', [
  v.object({
    state: v.picklist(['good', 'revoked']),
    by: v.picklist(['staple', 'crl']),
    producedAt: Instant,
    checkedUntil: v.optional(Instant),
  }),
  v.object({ state: v.literal('unknown'), by: v.picklist(['staple', 'crl']), reason: v.string() }),
]);
export type Revocation = v.InferOutput<typeof Revocation>;

/** One hop of a redirect: where it led from, and where to. */
export const Hop = v.object({ from: v.string(), status: v.number(), to: v.optional(v.string()) });
export type Hop = v.InferOutput<typeof Hop>;

/** Whether an old version of TLS was refused, as it must be. `unknown`: it could not be told. */
export const OldVersion = v.object({
  version: v.picklist(['TLSv1', 'TLSv1.1']),
  answer: v.picklist(['refused', 'accepted', 'unknown']),
});
export type OldVersion = v.InferOutput<typeof OldVersion>;

/** Why no certificate was seen at an address, in one word; `reason` says more. */
export const Silence = v.picklist(['unresolved', 'refused', 'timeout', 'reset', 'no-tls', 'handshake-failed']);
export type Silence = v.InferOutput<typeof Silence>;

/**
 * What one address of an endpoint served to one kind of key. `chain`: as it was sent, leaf first, each as DER in base64; never
 * more than ten, each at most 64 KiB.
 */
export const Handshake = v.variant('state', [
  v.object({
    state: v.literal('served'),
    address: v.string(),
    key: v.picklist(['rsa', 'ecdsa']),
    version: v.string(),
    chain: v.pipe(v.array(v.string()), v.minLength(1)),
    revocation: v.array(Revocation),
  }),
  v.object({
    state: v.literal('silent'),
    address: v.string(),
    key: v.picklist(['rsa', 'ecdsa']),
    silence: Silence,
    reason: v.string(),
  }),
]);
export type Handshake = v.InferOutput<typeof Handshake>;

/** All that was seen of one endpoint. `addresses` is empty when its name led nowhere; `unresolved` says why. */
export const EndpointReading = v.object({
  endpoint: Endpoint,
  at: Instant,
  addresses: v.array(v.string()),
  unresolved: v.optional(v.string()),
  handshakes: v.array(Handshake),
  oldVersions: v.array(v.object({ address: v.string(), ...OldVersion.entries })),
  /** For https: Strict-Transport-Security by address, and the hops of its redirects. */
  hsts: v.array(v.object({ address: v.string(), header: v.nullable(v.string()) })),
  hops: v.array(Hop),
});
export type EndpointReading = v.InferOutput<typeof EndpointReading>;

/** Best to worst. UNKNOWN is no pass; one that lasts longer than its grace is told to people. */
export const health = ['OK', 'UNKNOWN', 'BAD'] as const;
export const Health = v.picklist(health);
export type Health = v.InferOutput<typeof Health>;

/** One reason with the rule that gave it, and the address where it was seen, if at one. */
export const Reason = v.object({
  rule: v.string(),
  health: Health,
  says: v.string(),
  address: v.optional(v.string()),
});
export type Reason = v.InferOutput<typeof Reason>;

/** What came out for one entry or one endpoint: small enough for a machine's history. */
export const Finding = v.object({
  /** Of the entry, or `endpointName`. */
  subject: v.string(),
  health: Health,
  reasons: v.array(Reason),
  /** What each address served, by fingerprint. */
  served: v.array(
    v.object({ address: v.string(), key: v.string(), leaf: Fingerprint, notBefore: Instant, notAfter: Instant }),
  ),
});
export type Finding = v.InferOutput<typeof Finding>;

/** What an authority may issue for a name by its CAA records; `at`: the name that has them, absent when none has. */
export const CaaReading = v.variant('state', [
  v.object({
    state: v.literal('read'),
    name: HostName,
    at: v.optional(v.string()),
    records: v.array(v.object({ critical: v.boolean(), tag: v.string(), value: v.string() })),
  }),
  v.object({ state: v.literal('unread'), name: HostName, reason: v.string() }),
]);
export type CaaReading = v.InferOutput<typeof CaaReading>;

/** One certificate or precertificate that a log of certificate transparency holds. */
export const LoggedCertificate = v.object({
  log: v.string(),
  index: v.number(),
  /** When it was logged. */
  at: Instant,
  precertificate: v.boolean(),
  certificate: Certificate,
});
export type LoggedCertificate = v.InferOutput<typeof LoggedCertificate>;

/**
 * What is known of one entry or endpoint since the last check. `since`: when its health became what it is; `told`: whether people
 * know. `life`: the first end among the certificates that were issued for it or served there.
 */
export const CertificateState = v.object({
  ...Finding.entries,
  since: Instant,
  told: v.boolean(),
  seenAt: Instant,
  /** Of an entry. */
  entry: v.optional(InventoryEntry),
  /** Of an endpoint. */
  endpoint: v.optional(Endpoint),
  /** The services whose releases ask about it. */
  services: v.array(ServiceName),
  life: v.optional(v.object({ notBefore: Instant, notAfter: Instant })),
});
export type CertificateState = v.InferOutput<typeof CertificateState>;

/** Look at everything. `controls`: also whether those endpoints go red that must. */
export const CertificateCheckWish = v.strictObject({
  requestedBy: Actor,
  requestId: RequestId,
  controls: v.boolean(),
});
export type CertificateCheckWish = v.InferOutput<typeof CertificateCheckWish>;

/** Also the name of the run. */
export const certificateCheckNameOf = (requestId: RequestId): string => `certificates-${requestId}`;

/** How a renewal went: asked for and on its way, served everywhere, or why not. */
export const renewalStatuses = ['waiting', 'served', 'not-served', 'person', 'refused', 'held-back', 'failed'] as const;

/** Something to be done about one certificate: ask for a new one, start pods anew that serve an old one, or both. */
export const RenewalWish = v.object({
  entry: InventoryEntry,
  /** Where the newest must be served in the end. */
  endpoints: v.array(Endpoint),
  renew: v.boolean(),
  /** Whose pods must be started anew; none when they take up a new certificate by themselves. */
  services: v.array(ServiceName),
  /** By then a person must have done what no machine can. */
  deadline: Instant,
});
export type RenewalWish = v.InferOutput<typeof RenewalWish>;

export const RenewalOutcome = v.object({
  subject: v.string(),
  status: v.picklist(renewalStatuses),
  says: v.string(),
  /** What was found when it was looked at again. */
  findings: v.array(Finding),
});
export type RenewalOutcome = v.InferOutput<typeof RenewalOutcome>;
