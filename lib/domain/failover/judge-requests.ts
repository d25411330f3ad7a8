import type { Side, SideAnswer } from '../../contracts/failover.ts';
import type { Check } from '../../contracts/verdict.ts';

/** Do users reach that side through the name? Only answers count, not what was written, and no answer is no pass. */
export const judgeRequests = (record: string, answers: readonly SideAnswer[], expected: Side): Check => {
  const check = (verdict: Check['verdict'], reason: string): Check => ({ name: record, verdict, reason });
  if (answers.length === 0) return check('inconclusive', `${record}: no request was sent`);
  const elsewhere = answers.filter(({ ok, side }) => ok && side !== expected).length;
  if (elsewhere > 0)
    return check(
      'unhealthy',
      `${record}: ${elsewhere} of ${answers.length} requests were not answered by the ${expected} side`,
    );
  const failed = answers.filter(({ ok }) => !ok).length;
  if (failed > 0) return check('error', `${record}: ${failed} of ${answers.length} requests failed`);
  return check('healthy', `${record}: all ${answers.length} requests were answered by the ${expected} side`);
};
