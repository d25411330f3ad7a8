import type { Catalog } from '../contracts/catalog.ts';
import { CatalogInvalid } from '../contracts/failures.ts';
import type { RemediationSection } from '../contracts/remediation-policy.ts';

/** Errors: `CatalogInvalid` when the catalog says nothing of alarms. */
export const remediationSectionOf = ({ remediation }: Pick<Catalog, 'remediation'>): RemediationSection => {
  if (remediation) return remediation;
  throw new CatalogInvalid('remediation: required, got nothing; add the section to the catalog');
};
