import * as v from 'valibot';
import { ConfigInvalid } from '../../contracts/failures.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { readSecret } from '../secrets/read-secret.ts';
import { pagerOver } from './pager-over.ts';

/** `PAGER_KEYS_SECRET`: a secret with the routing key of each rota, as JSON by rota. It is read for each call, so a new key counts at once. */
const pagerSettings = {
  PAGER_KEYS_SECRET: setting,
  PAGER_URL: v.pipe(setting, v.url('expected an address')),
};

const Keys = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.pipe(v.string(), v.minLength(1))));

const keyIn =
  (secret: string) =>
  async (rota: string): Promise<string> => {
    const keys = await readSecret(secret, Keys);
    const key = Object.hasOwn(keys, rota) ? keys[rota] : undefined;
    if (key !== undefined) return key;
    const known = Object.keys(keys).join(', ') || 'none';
    throw new ConfigInvalid(`secret ${secret}: no routing key for the rota ${rota}; there are: ${known}`, { rota });
  };

export const pagerDuty = adapter(pagerSettings, ({ PAGER_KEYS_SECRET, PAGER_URL }) =>
  pagerOver({ url: async () => PAGER_URL, keyOf: keyIn(PAGER_KEYS_SECRET) }),
);
