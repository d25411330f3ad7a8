import type { Catalog } from '../contracts/catalog.ts';

export interface Catalogs {
  /** The checked catalog that was shipped with this code. */
  current(): Promise<Catalog>;
}
