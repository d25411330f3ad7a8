import type { LoginFor } from '../../../lib/adapters/postgres/login.ts';
import { DependencyUnavailable, InstanceNotFound } from '../../../lib/contracts/failures.ts';
import { databaseAddress } from '../postgres/content.ts';
import { production } from './production.ts';
import { standby } from './standby.ts';
import { madeOf, type Works } from './works.ts';

/** The world's own login for its own database, and for a drill's copy the one that was made with it. */
export const liveLogins =
  (stateDir: string, works: Works): LoginFor =>
  async (id) => {
    if (id === production) return { ...(await databaseAddress(stateDir).catch(notThere(id))), drill: false };
    if (id === standby) return { ...(madeOf(works.find('standby', id))?.login ?? notThere(id)()), drill: false };
    const work = works.find('drill', id);
    const made = madeOf(work);
    if (made) return { ...made.login, drill: true };
    if (work?.wanted === 'present')
      throw new DependencyUnavailable(`instance "${id}" is still being made`, { instance: id });
    return notThere(id)();
  };

const notThere = (id: string) => (): never => {
  throw new InstanceNotFound(`instance "${id}" is not there`, { instance: id });
};
