import type { Catalog } from '../contracts/catalog.ts';
import type { CertificateSection } from '../contracts/certificate-policy.ts';
import { CatalogInvalid } from '../contracts/failures.ts';

/** Errors: `CatalogInvalid` when the catalog says nothing of certificates. */
export const certificateSectionOf = ({ certificates }: Catalog): CertificateSection => {
  if (certificates) return certificates;
  throw new CatalogInvalid('certificates: required, got nothing; add the section to the catalog');
};
