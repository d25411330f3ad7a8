/** What the whole check prints with --json. */
export type Counts = {
  modules: number;
  rules: number;
  appliedResources: number;
  planChangesAfterApply: number;
  manifests: number;
  refusedByApiServer: number;
  promRules: number;
  promTests: number;
  scannerUnexplained: number;
};

/** What one part found; a problem is one line that names the rule and the place. */
export type PartReport = { counts: Partial<Counts>; problems: readonly string[] };

export type Say = (progress: string) => void;
export type Part = (say: Say) => Promise<PartReport>;

const nothing: Counts = {
  modules: 0,
  rules: 0,
  appliedResources: 0,
  planChangesAfterApply: 0,
  manifests: 0,
  refusedByApiServer: 0,
  promRules: 0,
  promTests: 0,
  scannerUnexplained: 0,
};

export const totalOf = (reports: readonly PartReport[]): Counts =>
  Object.fromEntries(
    Object.keys(nothing).map((name) => [
      name,
      reports.reduce((sum, { counts }) => sum + (counts[name as keyof Counts] ?? 0), 0),
    ]),
  ) as Counts;
