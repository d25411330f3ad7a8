import { expect, test } from '@jest/globals';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import { readFacts } from '../../lib/runtime/guard-facts.ts';
import { createEngine, memoryJournal, VirtualClock } from '../../twin/engine/index.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { createModelWorld } from '../../twin/model/model-world.ts';
import { modelMachines } from '../../twin/model/ports/machines.ts';
import { modelRemediation } from '../../twin/model/remediation-section.ts';
import { aChange } from '../contracts/incidents.contract.ts';
import { listening } from './support.ts';

const noFunction = { ok: false, errorType: 'Lambda.ResourceNotFoundException', errorMessage: 'none' } as const;
const runs = { find: async () => undefined };
const machines = modelMachines(
  () => createEngine({ clock: new VirtualClock(), journal: memoryJournal(), invokeLambda: async () => noFunction }),
  (machine) => machine,
);

test('the same alarm of other resources is another alarm: a storm over many is no flapping', async () => {
  const change = aChange();
  const { ports } = createModelWorld({
    seed: 1,
    now: () => Date.parse(change.at),
    catalog: modelCatalog(),
    machines,
    runs,
  });
  await ports.incidents.keepChange(change);
  await ports.incidents.keepChange(aChange({ resource: { kind: 'service', id: 'cart', service: 'cart' } }));
  const [playbook] = modelRemediation.playbooks as [Playbook];
  const guarding = { incident: 'remedy-1', wish: { change, playbook }, rung: 0 };
  const { changes } = await readFacts(ports, guarding, { ...listening(), patient: false });
  expect(changes).toEqual([change]);
});
