import * as v from 'valibot';
import { Instant } from '../../contracts/instant.ts';

/* The few fields that are read of what the cluster keeps about certificates. Nothing of a Secret but its name is among them. */

const texts = v.optional(v.record(v.string(), v.string()), {});
const Meta = v.object({
  name: v.string(),
  namespace: v.string(),
  resourceVersion: v.string(),
  generation: v.optional(v.number(), 0),
  annotations: texts,
});

export const Condition = v.looseObject({
  type: v.string(),
  status: v.string(),
  reason: v.optional(v.string()),
  message: v.optional(v.string()),
});
export type Condition = v.InferOutput<typeof Condition>;
const conditions = v.optional(v.array(Condition), []);

/** cert-manager.io/v1 Certificate. */
export const CertificateObject = v.object({
  metadata: Meta,
  spec: v.object({
    secretName: v.string(),
    commonName: v.optional(v.string()),
    dnsNames: v.optional(v.array(v.string()), []),
    ipAddresses: v.optional(v.array(v.string()), []),
  }),
  status: v.optional(
    v.object({
      conditions,
      revision: v.optional(v.number()),
      renewalTime: v.optional(Instant),
      lastFailureTime: v.optional(Instant),
      failedIssuanceAttempts: v.optional(v.number(), 0),
    }),
    { conditions: [], failedIssuanceAttempts: 0 },
  ),
});
export type CertificateObject = v.InferOutput<typeof CertificateObject>;

/** cert-manager.io/v1 CertificateRequest: `certificate` is PEM in base64, and public. */
export const RequestObject = v.object({
  metadata: Meta,
  status: v.optional(v.object({ conditions, certificate: v.optional(v.string()) }), { conditions: [] }),
});
export type RequestObject = v.InferOutput<typeof RequestObject>;

/** networking.k8s.io/v1 Ingress. */
export const IngressObject = v.object({
  metadata: Meta,
  spec: v.object({
    tls: v.optional(
      v.array(v.object({ hosts: v.optional(v.array(v.string()), []), secretName: v.optional(v.string()) })),
      [],
    ),
    rules: v.optional(v.array(v.object({ host: v.optional(v.string()) })), []),
  }),
});
export type IngressObject = v.InferOutput<typeof IngressObject>;
