import type { ContentOutline } from '../../contracts/content.ts';
import type { ContentReading, DrillPlan } from '../../contracts/drill.ts';
import { secondsBetween } from '../../contracts/instant.ts';
import type { Churning, RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import type { Check } from '../../contracts/verdict.ts';
import { judgeRows, judgeTableNames } from './judge-tables.ts';
import type { Manifests } from './manifests.ts';

/** What can be told of a copy before its tables are read: cheap, so that a damaged one is found out early. */
export type FirstReading = Omit<ContentReading, 'tables'> & { database: string; tableNames: readonly string[] };
/** `unread`: why production could not be read, where it should have been the second manifest. */
type Facts = {
  plan: DrillPlan;
  policy: RecoveryPolicy;
  manifests: Manifests;
  churning: readonly Churning[];
  unread?: string;
};

/** Clocks of two machines may differ by this much. */
const skewSeconds = 60;

/** The verdicts that need no whole table. */
export const judgeFirst = ({ plan, policy, manifests }: Facts, first: FirstReading): Check[] => {
  const outline = (manifests.after ?? manifests.before)?.outline;
  return [
    judgeIdentity(first, manifests),
    judgeSentinels(plan, policy, first),
    judgeTableNames(first.tableNames, manifests),
    judgeOwners(first, outline),
    judgeExtensions(first, outline),
    ...judgeInvariants(first),
  ];
};

/** All verdicts of a copy's content. Unread tables are no pass: each table of the copy must have been read. */
export const judgeContent = (facts: Facts, first: FirstReading, tables: ContentReading['tables']): Check[] => {
  const unread = first.tableNames.filter((name) => !tables.some(({ table }) => table === name));
  const damage = tables.flatMap(({ table, damage: found }) => found.map((what) => `${table}: ${what}`));
  return [
    ...judgeFirst(facts, first),
    ...judgeRows(tables, facts.manifests, { ...facts, source: facts.plan.source.kind }),
    judgeDamage(first, damage),
    unread.length > 0
      ? { name: 'read', verdict: 'error', reason: `not read: ${unread.join(', ')}` }
      : { name: 'read', verdict: 'healthy', reason: `${tables.length} tables read whole` },
  ];
};

/** Each manifest must be of this very database: one of another is no measure, however well its tables fit. */
const judgeIdentity = ({ systemIdentifier, database }: FirstReading, { before, after }: Manifests): Check => {
  const name = 'identity';
  const outlines = [before, after].flatMap((manifest) => (manifest ? [manifest.outline] : []));
  const copy = `${database} of system ${systemIdentifier}`;
  if (outlines.length === 0) return { name, verdict: 'inconclusive', reason: 'no manifest says which database it is' };
  const other = outlines.find((one) => one.systemIdentifier !== systemIdentifier || one.database !== database);
  if (!other) return { name, verdict: 'healthy', reason: copy };
  const manifest = `${other.database} of system ${other.systemIdentifier}`;
  return { name, verdict: 'unhealthy', reason: `${copy}, but the manifest is of ${manifest}` };
};

const judgeSentinels = ({ point }: DrillPlan, { promises }: RecoveryPolicy, { sentinels }: FirstReading): Check => {
  const name = 'sentinels';
  const { newest, broken, count } = sentinels;
  if (broken) return { name, verdict: 'unhealthy', reason: broken };
  if (!newest) return { name, verdict: 'unhealthy', reason: 'there is none' };
  const behindSeconds = secondsBetween(newest.at, point);
  if (behindSeconds < -skewSeconds)
    return { name, verdict: 'error', reason: `ClockSkewed: the newest is of ${newest.at}, after ${point}` };
  if (behindSeconds > promises.rpoSeconds)
    return {
      name,
      verdict: 'unhealthy',
      reason: `the newest is ${Math.round(behindSeconds)} s older than ${point}; promised are ${promises.rpoSeconds} s`,
    };
  return { name, verdict: 'healthy', reason: `${count} in one chain, the newest of ${newest.at}` };
};

const differences = (found: Record<string, string>, expected: Record<string, string>): string[] =>
  Object.entries(expected)
    .filter(([key, value]) => found[key] !== value)
    .map(([key, value]) => `${key}: ${found[key] ?? 'nothing'} instead of ${value}`);

const judgeOwners = ({ owners, tableNames }: FirstReading, outline?: ContentOutline): Check => {
  if (!outline) return { name: 'owners', verdict: 'inconclusive', reason: 'no manifest says who owns what' };
  // A table that is not there is told by the check of tables.
  const present = Object.entries(outline.owners).filter(([table]) => tableNames.includes(table));
  const wrong = differences(owners, Object.fromEntries(present));
  return wrong.length > 0
    ? { name: 'owners', verdict: 'unhealthy', reason: wrong.join('; ') }
    : { name: 'owners', verdict: 'healthy', reason: `of ${present.length} tables, as in the manifest` };
};

const judgeExtensions = ({ extensions }: FirstReading, outline?: ContentOutline): Check => {
  if (!outline) return { name: 'extensions', verdict: 'inconclusive', reason: 'no manifest says which there were' };
  const wrong = differences(extensions, outline.extensions);
  return wrong.length > 0
    ? { name: 'extensions', verdict: 'unhealthy', reason: wrong.join('; ') }
    : {
        name: 'extensions',
        verdict: 'healthy',
        reason: `${Object.keys(outline.extensions).length}, as in the manifest`,
      };
};

const judgeInvariants = ({ invariants }: FirstReading): Check[] =>
  invariants.map(({ name, holds, error }) => {
    if (holds === undefined)
      return { name: `invariant: ${name}`, verdict: 'error', reason: error ?? 'it could not be asked' };
    return holds
      ? { name: `invariant: ${name}`, verdict: 'healthy', reason: 'holds' }
      : { name: `invariant: ${name}`, verdict: 'unhealthy', reason: 'does not hold' };
  });

const judgeDamage = ({ pageChecksums }: FirstReading, damage: readonly string[]): Check => {
  if (damage.length > 0) return { name: 'damage', verdict: 'unhealthy', reason: damage.slice(0, 10).join('; ') };
  return pageChecksums
    ? { name: 'damage', verdict: 'healthy', reason: 'every page and index read without complaint' }
    : { name: 'damage', verdict: 'inconclusive', reason: 'pages have no checksums, so a flipped bit is not seen' };
};
