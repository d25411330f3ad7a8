import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, CRLDistributionPoints, id_ce_cRLDistributionPoints } from '@peculiar/asn1-x509';

/** The extension's OID as DER has it: a certificate without these bytes need not be taken apart. */
const marker = Buffer.from('0603551d1f', 'hex');

/** The http addresses of the lists that may have revoked a certificate. None: there is no such list, or only behind LDAP. */
export const crlAddresses = (der: Buffer): string[] => {
  if (!der.includes(marker)) return [];
  const { extensions = [] } = AsnConvert.parse(der, Certificate).tbsCertificate;
  const found = extensions.find(({ extnID }) => extnID === id_ce_cRLDistributionPoints);
  if (!found) return [];
  return AsnConvert.parse(found.extnValue.buffer, CRLDistributionPoints)
    .flatMap(({ distributionPoint }) => distributionPoint?.fullName ?? [])
    .flatMap(({ uniformResourceIdentifier: uri }) => (uri?.startsWith('http://') ? uri : []));
};
