import type { Certificate } from '../../../lib/contracts/certificate.ts';
import { isUnreadable, readCertificate } from '../../../lib/domain/certificates/read-certificate.ts';
import { type Identity, issue, newIdentity } from '../../certificates/issue.ts';

const yearMs = 365 * 86_400_000;
const bornMs = Date.parse('2025-01-01T00:00:00.000Z');

/** A certificate as it is sent, and what is written in it. */
export type Issued = { chain: readonly string[]; certificate: Certificate };

/**
 * An authority with an intermediate, as most are. Keys cost time, so one serves a whole process; each world asks for the certificates
 * that it needs, and the same question has the same answer.
 */
export class Authority {
  readonly root: Identity;
  readonly #intermediate: Identity;
  readonly #server: Identity;
  readonly #above: readonly string[];
  readonly anchor: string;
  readonly #issued = new Map<string, Issued>();

  constructor(organization: string) {
    this.root = newIdentity(`${organization} Root`, organization);
    this.#intermediate = newIdentity(`${organization} Intermediate`, organization);
    this.#server = newIdentity('server', organization);
    const life = { fromMs: bornMs, toMs: bornMs + 10 * yearMs, authority: true };
    this.anchor = issue(this.root, this.root, life).toString('base64');
    this.#above = [issue(this.#intermediate, this.root, life).toString('base64')];
  }

  issue(names: readonly string[], fromMs: number, toMs: number, serial: number): Issued {
    const key = JSON.stringify([names, fromMs, toMs, serial]);
    const known = this.#issued.get(key);
    if (known) return known;
    const subject = { ...this.#server, name: names[0] ?? 'server' };
    const der = issue(subject, this.#intermediate, { names, fromMs, toMs, serial });
    const certificate = readCertificate(der);
    if (isUnreadable(certificate)) throw new Error(`the model made no certificate: ${certificate.unreadable}`);
    const made = { chain: [der.toString('base64'), ...this.#above], certificate };
    this.#issued.set(key, made);
    return made;
  }
}

/** Trusted by everybody in the model, and one by nobody. */
export const goodAuthority = new Authority('Good Authority');
export const strangeAuthority = new Authority('Strange Authority');
