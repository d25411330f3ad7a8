import { expect, test } from '@jest/globals';
import { createEngine, memoryJournal, VirtualClock } from '../../twin/engine/index.ts';
import { deployMachines } from '../../twin/server/machines.ts';
import { readWiring, type Wiring } from '../../twin/wiring/index.ts';

const wiring = readWiring();

const anEngine = () => {
  const journal = memoryJournal();
  const invokeLambda = async () => ({ ok: true, payload: null }) as const;
  const engine = createEngine({ clock: new VirtualClock(0), journal, invokeLambda, ...wiring.place });
  return { engine, journal };
};

test('the machines of serverless.yml exist under their ARNs', async () => {
  const { engine } = anEngine();
  await deployMachines(engine, wiring);
  const arns = (await engine.listStateMachines()).map(({ stateMachineArn }) => stateMachineArn);
  expect(arns).toEqual(wiring.machines.map(({ arn }) => arn));
});

test('deploying the same again changes nothing', async () => {
  const { engine, journal } = anEngine();
  await deployMachines(engine, wiring);
  const before = journal.entries.length;
  await deployMachines(engine, wiring);
  expect(journal.entries.length).toBe(before);
});

test('machines that AWS would refuse are named, each with all its problems', async () => {
  const { engine } = anEngine();
  const [one, two, ...rest] = wiring.machines;
  if (!one || !two) throw new Error('two machines are needed');
  const states = { A: { Type: 'Pass', Next: 'Nowhere' }, B: { Type: 'Wait', Seconds: 'soon', End: true } };
  const broken = [
    { ...one, definition: { QueryLanguage: 'JSONata', StartAt: 'A', States: states } },
    { ...two, definition: {} },
  ];
  const deployed = deployMachines(engine, { ...wiring, machines: [...broken, ...rest] });
  const message = expect.stringMatching(`^${one.key}: .*/States/B/Seconds.*Nowhere.*
${two.key}: .*StartAt`);
  await expect(deployed).rejects.toMatchObject({ name: 'MachineRefused', message });
});

test('a changed machine gets its new definition', async () => {
  const { engine } = anEngine();
  await deployMachines(engine, wiring);
  const changed: Wiring = {
    ...wiring,
    machines: wiring.machines.map((one) => ({ ...one, definition: { ...one.definition, Comment: 'new' } })),
  };
  await deployMachines(engine, changed);
  const { definition } = await engine.describeStateMachine(wiring.machines[0]?.arn ?? '');
  expect(JSON.parse(definition).Comment).toBe('new');
});
