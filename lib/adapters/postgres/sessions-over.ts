import type { Sessions } from '../../ports/data-tier.ts';
import type { LoginFor } from './login.ts';
import { inSession } from './session.ts';

/**
 * Whom others have waited for too long, and who does not wait: ending one who waits himself lets nobody go on. Only sessions of users;
 * those of superusers only by a superuser, whom alone the server lets do it.
 */
const endThem = `
  WITH blockers AS (
    SELECT DISTINCT unnest(pg_blocking_pids(pid)) AS pid FROM pg_locks
    WHERE NOT granted AND waitstart < clock_timestamp() - make_interval(secs => $1)
  )
  SELECT pg_terminate_backend(pid) AS ended FROM blockers JOIN pg_stat_activity AS activity USING (pid)
    JOIN pg_roles AS whose ON whose.oid = activity.usesysid
  WHERE activity.backend_type = 'client backend'
    AND NOT EXISTS (SELECT FROM pg_locks AS wait WHERE wait.pid = blockers.pid AND NOT wait.granted)
    AND (NOT whose.rolsuper OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))`;

export const sessionsOver = (loginFor: LoginFor): Sessions => ({
  endBlocking: (id, waitedSeconds) =>
    inSession(loginFor, id, async ({ client }) => {
      const { rows } = await client.query<{ ended: boolean }>(endThem, [waitedSeconds]);
      return rows.filter(({ ended }) => ended).length;
    }),
});
