import type { Catalog } from '../contracts/catalog.ts';
import type { Drill } from '../contracts/drill.ts';
import type { Needs } from '../ports/index.ts';

/** Far more than run at a time. */
const lookBack = 100;

/** The drills of all databases that are not over. */
export const openDrills = async (
  { drills }: Needs<'drills'>,
  { databases }: Pick<Catalog, 'databases'>,
): Promise<Drill[]> => {
  const recent = await Promise.all(databases.map(({ name }) => drills.recent(name, lookBack)));
  return recent.flat().filter(({ status }) => status === 'open');
};
