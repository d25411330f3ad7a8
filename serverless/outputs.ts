import { ref } from './cloudformation.ts';

/** What people and `evenkeel --target aws` look up; the machines' ARNs are outputs already. */
export const outputs = {
  ControlTableName: { Description: 'Releases, leases, ledger and outbox', Value: ref('ControlTable') },
  EventDeadLettersUrl: { Description: 'Events that no trigger could take', Value: ref('EventDeadLetters') },
};
