import type { Catalog } from '../../../../lib/contracts/catalog.ts';
import type { Overlay } from '../manifests.ts';

/** What must hold in every overlay. `broken` gives what it does not hold for, in words that lead to the place. */
export type Rule = { name: string; broken(overlay: Overlay, catalog: Catalog): readonly string[] };

export type Finding = { overlay: string; rule: string; what: string };

export const findings = (rules: readonly Rule[], overlays: readonly Overlay[], catalog: Catalog): Finding[] =>
  overlays.flatMap((overlay) =>
    rules.flatMap(({ name, broken }) =>
      broken(overlay, catalog).map((what) => ({ overlay: overlay.name, rule: name, what })),
    ),
  );
