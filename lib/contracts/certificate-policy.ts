import * as v from 'valibot';
import { Endpoint, HostName } from './certificate.ts';
import { ServiceName } from './names.ts';
import { wholeNumber } from './whole-number.ts';

const share = v.pipe(v.number(), v.gtValue(0, 'expected more than 0'), v.ltValue(1, 'expected less than 1'));
const url = v.pipe(
  v.string(),
  v.maxLength(500),
  v.regex(/^https?:\/\/[\w.:-]+(\/\S*)?$/, 'expected a URL, as https://shop.example.com/'),
);

/** Thresholds are shares of a certificate's own lifetime: days that suit 398 days are nonsense for 47 (SC-081v3). */
export const CertificatePolicy = v.strictObject({
  /** With less than this share of its lifetime left it is due for renewal. */
  renewShare: share,
  /** With less than this share left it is BAD, whoever may be about to renew it. */
  badShare: share,
  /** What cannot be told for longer than this is told to people. */
  unknownGraceSeconds: wholeNumber(0, 604_800),
  /** Endpoints that one function asks in one call, and the time it has for them. */
  batchSize: wholeNumber(1, 2000),
  probeSeconds: wholeNumber(1, 840),
  /** How long a run waits for a certificate that was asked for, and then for it to be served everywhere. */
  issueSeconds: wholeNumber(1, 21_600),
  serveSeconds: wholeNumber(1, 21_600),
});
export type CertificatePolicy = v.InferOutput<typeof CertificatePolicy>;

/** A place that must serve a good certificate, also when no other source names it. */
export const WatchedEndpoint = v.strictObject({
  ...Endpoint.entries,
  /** The service whose users come in here: its releases ask how long the certificate lives. */
  service: v.optional(ServiceName),
  /** Its pods read their certificate when they start, and must be started anew to take up another. */
  restart: v.optional(v.boolean(), false),
  /** Strict-Transport-Security must be sent. */
  hsts: v.optional(v.boolean(), false),
  /** Where `https://<host>/` leads to, hop by hop. Without it any way is fine. */
  redirects: v.optional(v.array(url)),
});
export type WatchedEndpoint = v.InferOutput<typeof WatchedEndpoint>;

/** Who may issue for us: how its certificates name it, and how CAA records do. */
export const AllowedIssuer = v.strictObject({
  /** The organization (O) of the issuer of its certificates. */
  organization: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Its domains in CAA records, as amazon.com. */
  caa: v.pipe(v.array(HostName), v.minLength(1, 'expected at least one name')),
});
export type AllowedIssuer = v.InferOutput<typeof AllowedIssuer>;

/** Endpoints that must go red: one whose certificate has expired, and one whose chain leads nowhere. */
export const NegativeControls = v.strictObject({ expired: Endpoint, wrongChain: Endpoint });
export type NegativeControls = v.InferOutput<typeof NegativeControls>;

/** What is looked at, and what it is held to: the section `certificates` of the catalog. */
export const CertificateSection = v.strictObject({
  policy: CertificatePolicy,
  endpoints: v.array(WatchedEndpoint),
  issuers: v.pipe(v.array(AllowedIssuer), v.minLength(1, 'expected at least one issuer')),
  /** Watched in logs of certificate transparency, with everything below them. */
  domains: v.array(HostName),
  controls: v.optional(NegativeControls),
});
export type CertificateSection = v.InferOutput<typeof CertificateSection>;
