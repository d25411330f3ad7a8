import { UsageInvalid } from '../failures.ts';
import type { Host } from '../host.ts';
import type { TwinControl } from '../twin/twin-control.ts';
import type { CommonOptions } from './command.ts';

/** Nobody starts or ends an AWS account from here. */
export const twinOf = async (host: Host, { target, state }: CommonOptions): Promise<TwinControl> => {
  if (target !== 'twin')
    throw new UsageInvalid(`--target: got "${target}"; this command is for a twin, so allowed: twin`);
  return host.twin(state);
};
