/** A resource that moto cannot make: its address without keys, as `module.cache.aws_x.this`, and why. */
export type Gap = { address: string; reason: string };

const row = /^\| `([^`]+)` \| (.+) \|$/;

/** The table of terraform/moto-gaps.md. Errors: all rows that are none, at once. */
export const readGaps = (markdown: string): Gap[] => {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| `'));
  const wrong = rows.filter((line) => !row.test(line));
  if (wrong.length > 0) {
    throw new Error(`terraform/moto-gaps.md: expected rows "| \`address\` | reason |", got ${wrong.join(' and ')}`);
  }
  return rows.map((line) => {
    const [, address = '', reason = ''] = row.exec(line) ?? [];
    return { address, reason };
  });
};

/** `terraform graph`: which resource needs which. */
export type Graph = { resources: ReadonlySet<string>; needs: readonly (readonly [from: string, to: string])[] };

export const readGraph = (dot: string): Graph => ({
  resources: new Set([...dot.matchAll(/^\s*"([^"]+)" \[label/gm)].map(([, node = '']) => node)),
  needs: [...dot.matchAll(/^\s*"([^"]+)" -> "([^"]+)"/gm)].map(([, from = '', to = '']) => [from, to] as const),
});

/** The gaps and whatever cannot be made without them. */
export const missingOn = ({ needs }: Graph, gaps: readonly Gap[]): Set<string> => {
  const missing = new Set(gaps.map(({ address }) => address));
  for (let before = -1; before !== missing.size; ) {
    before = missing.size;
    for (const [from, to] of needs) if (missing.has(to)) missing.add(from);
  }
  return missing;
};

const isData = (address: string): boolean => /(^|\.)data\./.test(address);

/** The resources to apply: nothing when all of them can be, which applies the outputs as well. */
export const targetsOf = (graph: Graph, gaps: readonly Gap[]): string[] => {
  if (gaps.length === 0) return [];
  const missing = missingOn(graph, gaps);
  return [...graph.resources].filter((address) => !missing.has(address) && !isData(address));
};

/** Gaps that name nothing, and resources left out that no test of their module looks at. */
export const gapProblems = (graph: Graph, gaps: readonly Gap[], testsOf: (module: string) => string): string[] => [
  ...gaps
    .filter(({ address }) => !graph.resources.has(address))
    .map(({ address }) => `terraform/moto-gaps.md: rule "each gap is a resource of staging": ${address} is none`),
  ...[...missingOn(graph, gaps)]
    .filter((address) => graph.resources.has(address) && !isData(address))
    .filter((address) => !testsOf(moduleOf(address)).includes(nameOf(address)))
    .map((address) => `terraform/moto-gaps.md: rule "what is left out is covered by terraform test": ${address}`),
];

/** `module.cache.module.copy.aws_x.this` belongs to `cache`. */
const moduleOf = (address: string): string => /^module\.([\w-]+)\./.exec(address)?.[1] ?? '';
const nameOf = (address: string): string => address.split('.').slice(-2).join('.');
