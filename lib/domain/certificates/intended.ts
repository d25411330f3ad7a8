import { type Certificate, type Endpoint, endpointName, type InventoryEntry } from '../../contracts/certificate.ts';
import { toMs } from '../../contracts/instant.ts';
import { anyMatches } from './name-matches.ts';

/** What an endpoint must serve, and who has a hand in it. */
export type Intended = {
  endpoint: Endpoint;
  /** By the `id` of the entries that name it, and of those that they use. */
  entries: InventoryEntry[];
  /** The newest certificate of each kind of key. */
  issued: Certificate[];
};

/** Every endpoint that any entry names, once. An entry that uses another stands for it, over at most a few corners. */
export const intendedOf = (entries: readonly InventoryEntry[]): Map<string, Intended> => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const found = new Map<string, Intended>();
  for (const entry of entries)
    for (const endpoint of entry.endpoints) {
      const name = endpointName(endpoint);
      const intended = found.get(name) ?? { endpoint, entries: [], issued: [] };
      for (const one of withUsed(entry, byId)) if (!intended.entries.includes(one)) intended.entries.push(one);
      found.set(name, intended);
    }
  for (const intended of found.values()) intended.issued = newestOf(intended);
  return found;
};

const mostCorners = 3;

const withUsed = (
  entry: InventoryEntry,
  byId: ReadonlyMap<string, InventoryEntry>,
  corners = mostCorners,
): InventoryEntry[] => {
  const used = corners > 0 ? entry.uses.flatMap((id) => byId.get(id) ?? []) : [];
  return [entry, ...used.flatMap((one) => withUsed(one, byId, corners - 1))];
};

/** A place may have many certificates and choose by name: those for other hosts are not meant here. */
const newestOf = ({ endpoint, entries }: Intended): Certificate[] => {
  const certificates = entries.flatMap(({ certificate }) => certificate ?? []);
  const fitting = certificates.filter(({ names }) => anyMatches(names, endpoint.host));
  const newest = new Map<string, Certificate>();
  for (const one of fitting.length > 0 ? fitting : certificates) {
    const before = newest.get(one.key.kind);
    if (!before || toMs(one.notBefore) > toMs(before.notBefore)) newest.set(one.key.kind, one);
  }
  return [...newest.values()];
};
