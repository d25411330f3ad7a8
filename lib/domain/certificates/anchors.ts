import { X509Certificate } from 'node:crypto';

/** One certificate of a chain, read once. */
export type Link = { x509: X509Certificate; fingerprint: string; position: number | undefined };

/** What is trusted, by the name that the certificates below it give their issuer. Made once, used for any number of chains. */
export class Anchors {
  readonly #bySubject = new Map<string, Link[]>();
  readonly #fingerprints = new Set<string>();
  readonly #signed = new Map<string, boolean>();
  readonly #read = new Map<string, X509Certificate | undefined>();

  /** `anchors`: DER in base64. What cannot be read is not trusted. */
  constructor(anchors: readonly string[]) {
    for (const der of anchors) {
      const x509 = this.read(der);
      if (x509) this.#add(x509);
    }
  }

  #add(x509: X509Certificate): void {
    const link = { x509, fingerprint: x509.fingerprint256, position: undefined };
    this.#bySubject.set(x509.subject, [...(this.#bySubject.get(x509.subject) ?? []), link]);
    this.#fingerprints.add(link.fingerprint);
  }

  has({ fingerprint }: Link): boolean {
    return this.#fingerprints.has(fingerprint);
  }

  named(subject: string): readonly Link[] {
    return this.#bySubject.get(subject) ?? [];
  }

  /** Undefined for what is no certificate. The same intermediates come again and again, so they are kept. */
  read(der: string): X509Certificate | undefined {
    if (!this.#read.has(der)) this.#keep(this.#read, der, readOrNothing(der));
    return this.#read.get(der);
  }

  /** Whether `issuer` signed `below`, which is the costly part of a chain. */
  signed(below: Link, issuer: Link): boolean {
    const pair = below.fingerprint + issuer.fingerprint;
    if (!this.#signed.has(pair)) this.#keep(this.#signed, pair, hasSigned(below.x509, issuer.x509));
    return this.#signed.get(pair) ?? false;
  }

  #keep<V>(map: Map<string, V>, key: string, value: V): void {
    if (map.size >= mostKept) map.clear();
    map.set(key, value);
  }
}

/** Of a few kilobytes each. */
const mostKept = 2000;

const readOrNothing = (der: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(Buffer.from(der, 'base64'));
  } catch {
    return undefined;
  }
};

const hasSigned = (below: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return below.checkIssued(issuer) && below.verify(issuer.publicKey);
  } catch {
    return false;
  }
};
