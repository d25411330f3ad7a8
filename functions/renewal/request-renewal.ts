import * as v from 'valibot';
import { certificateRenewals } from '../../lib/adapters/certificates/renewals.ts';
import { RenewalWish } from '../../lib/contracts/certificate.ts';
import { renewalIdOf } from '../../lib/domain/certificates/renewal.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Asks whoever issued it for a new one, where one is due. The same wish again is the same request. */
export const requestRenewal = step({
  name: 'RequestRenewal',
  input: v.object({ wish: RenewalWish }),
  output: v.object({ asked: v.picklist(['requested', 'person', 'nothing']) }),
  async run({ renewals }: Needs<'renewals'>, { wish }) {
    if (!wish.renew) return { asked: 'nothing' as const };
    return { asked: await renewals.request(wish.entry, renewalIdOf(wish)) };
  },
});

export const handler = lambda(requestRenewal, { renewals: certificateRenewals });
