import type { Health } from '../../lib/contracts/certificate.ts';
import type { KnownCertificate } from '../operations/certificates.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

const headings = ['HEALTH', 'SUBJECT', 'LEFT', 'ENDS', 'SERVED AT', 'WHY'];
const mostAddresses = 3;

/** Empty when there are none. */
export const certificatesTable = (certificates: readonly KnownCertificate[], style: Style): string =>
  certificates.length === 0
    ? ''
    : table([headings.map((heading) => style.dim(heading)), ...certificates.map((one) => rowOf(one, style))]);

const colours: Record<Health, (style: Style) => (text: string) => string> = {
  OK: (style) => style.green,
  UNKNOWN: (style) => style.yellow,
  BAD: (style) => style.red,
};

const rowOf = ({ subject, health, leftShare, life, served, reasons }: KnownCertificate, style: Style): string[] => {
  const [worst] = reasons;
  const where = worst?.address === undefined ? '' : `${worst.address}: `;
  return [
    colours[health](style)(health),
    subject,
    leftShare === undefined ? '' : `${Math.floor(leftShare * 100)} %`,
    life?.notAfter.slice(0, 10) ?? '',
    addressesOf(served.map(({ address }) => address)),
    worst && health !== 'OK' ? where + worst.says : '',
  ];
};

const addressesOf = (addresses: readonly string[]): string => {
  const different = [...new Set(addresses)];
  const more = different.length > mostAddresses ? ` +${different.length - mostAddresses}` : '';
  return different.slice(0, mostAddresses).join(' ') + more;
};
