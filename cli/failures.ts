import { Permanent, Transient } from '../lib/contracts/failure.ts';

/* What can go wrong on the command line itself. Listed in docs/cli.md. */

/** The command line does not say what to do: a missing, unknown or malformed argument or option. */
export class UsageInvalid extends Permanent {
  override readonly name = 'UsageInvalid';
}
/** No ledger and no machine knows a run of this name. */
export class RunNotFound extends Permanent {
  override readonly name = 'RunNotFound';
}
/** No drill of this name left evidence. */
export class EvidenceNotFound extends Permanent {
  override readonly name = 'EvidenceNotFound';
}
/** The event was accepted, and no run came of it in time. */
export class RunNotStarted extends Transient {
  override readonly name = 'RunNotStarted';
}
/** The run is over, and nobody recorded how it ended. */
export class RunUnsettled extends Transient {
  override readonly name = 'RunUnsettled';
}
/** What runs is not what was said, so it is not recorded. */
export class AdoptionRefused extends Permanent {
  override readonly name = 'AdoptionRefused';
}
/** Ctrl-C. What was asked of the control plane goes on there. */
export class Interrupted extends Transient {
  override readonly name = 'Interrupted';
}
