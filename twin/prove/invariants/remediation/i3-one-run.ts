import type { ActionKind } from '../../../../lib/contracts/action.ts';
import type { MachineName } from '../../../../lib/ports/machines.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

const machineOf = { 'undo-release': 'rollback', 'run-restore-test': 'restore-test' } as const satisfies Partial<
  Record<ActionKind, MachineName>
>;

/** At the end: of each attempt that starts another machine there is one run at most, and a decision on record that let it. */
export const oneRunOfEach = ({ twin }: Judged, report: Report): void => {
  const { world, machineArn } = twin;
  const runs = [...twin.runs.values()].filter(({ name }) => !/^re(do|bound)-/.test(name));
  const facts = [...world.ledger.values()].flat();
  const decided = facts
    .filter(({ kind, data }) => kind === 'remedy-decided' && data.go === 'act')
    .map(({ key }) => key);
  for (const [kind, machine] of Object.entries(machineOf)) {
    const attempts = [...world.incidents.attempts.values()].filter(({ act, shadow }) => act.kind === kind && !shadow);
    const lets = attempts.filter(({ id }) => decided.some((key) => key.startsWith(`${id}/`)));
    const started = runs.filter(({ stateMachineArn }) => stateMachineArn === machineArn(machine));
    if (started.length > lets.length)
      report('I3', `${lets.length} attempts that were let started ${started.length} runs of ${machine}`);
  }
};
