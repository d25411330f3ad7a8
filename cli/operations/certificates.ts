import {
  CertificateCheckWish,
  type CertificateState,
  certificateCheckNameOf,
  endpointName,
  health,
} from '../../lib/contracts/certificate.ts';
import { InputInvalid } from '../../lib/contracts/failures.ts';
import { shareLeft } from '../../lib/domain/certificates/lifetime.ts';
import { controlPlane } from '../../lib/runtime/trigger.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { checked } from '../input/checked.ts';

type Plane = Pick<ControlPlane, 'ports' | 'events'>;

/** `leftShare`: of its lifetime, where one is known. */
export type KnownCertificate = Pick<
  CertificateState,
  'subject' | 'health' | 'since' | 'reasons' | 'served' | 'services' | 'life'
> & {
  leftShare?: number;
};

/** The worst first, then those that end first. */
export const listCertificates = async ({ ports }: Pick<ControlPlane, 'ports'>): Promise<KnownCertificate[]> => {
  const now = ports.clock.now();
  const known = (await ports.certificates.all()).map(
    ({ subject, health, since, reasons, served, services, life }): KnownCertificate => ({
      subject,
      health,
      since,
      reasons,
      served,
      services,
      ...(life && { life, leftShare: Math.round(shareLeft(life, now) * 1000) / 1000 }),
    }),
  );
  return known.sort((a, b) => health.indexOf(b.health) - health.indexOf(a.health) || endOf(a) - endOf(b));
};

const endOf = ({ life }: KnownCertificate): number => (life ? Date.parse(life.notAfter) : Number.POSITIVE_INFINITY);

/** Asks for a check. Returns once the event was taken. Errors: `InputInvalid`. */
export const requestCheck = async (
  { events }: Plane,
  request: CertificateCheckWish,
): Promise<CertificateCheckWish & { name: string }> => {
  const wish = checked(CertificateCheckWish, request);
  await events.send('CertificateCheckRequested', wish);
  return { ...wish, name: certificateCheckNameOf(wish.requestId) };
};

/** An entry goes with the places that it names. Who said so stays in the ledger. Errors: `InputInvalid` for what is not known. */
export const forgetCertificate = async (
  { ports }: Pick<ControlPlane, 'ports'>,
  subject: string,
  by: string,
): Promise<string[]> => {
  const { certificates, ledger, clock } = ports;
  const state = (await certificates.all()).find((one) => one.subject === subject);
  if (!state)
    throw new InputInvalid(`subject: "${subject}" is not known; allowed: what evenkeel certificates lists`, {
      subject,
    });
  const forgotten = [subject, ...(state.entry?.endpoints ?? []).map(endpointName)];
  const at = clock.now();
  const says = `${by} says that ${subject} is gone, or known, on purpose`;
  const run = `forget-${at}`;
  await ledger.append({
    service: controlPlane,
    key: `${run}/${subject}`,
    kind: 'certificate-forgotten',
    at,
    run,
    says,
    data: { forgotten, by },
  });
  for (const one of forgotten) await certificates.forget(one);
  return forgotten;
};
