import { modelCatalog } from '../../twin/model/catalog.ts';
import { createModelWorld } from '../../twin/model/model-world.ts';
import {
  describeDns,
  describeHeartbeats,
  describeRequests,
  describeWitnesses,
  describeWriters,
} from '../contracts/failover.contract.ts';

const database = 'shop-db';
const machines = { start: async () => ({ run: 'none', started: false }) };
const runs = { find: async () => undefined };

/** A fresh world whose time the test moves by hand. */
const aWorld = () => {
  let nowMs = Date.parse('2026-05-01T10:00:00.000Z');
  const { ports, failover } = createModelWorld({ seed: 1, now: () => nowMs, catalog: modelCatalog(), machines, runs });
  const region = failover.regions.get(database);
  if (!region) throw new Error(`the model's ${database} has no second region`);
  const settled = async () => {
    nowMs += 60_000;
  };
  return { ports, region, settled };
};
const name = { record: 'shop.example.com', path: '/health' };

describeDns('model', async () => ({ port: aWorld().ports.dns, ...name }));

describeRequests('model', async () => {
  const { ports, region, settled } = aWorld();
  const lose = async () => region.lose();
  return { port: ports.dns, ...name, settled, lose };
});

describeWriters('model', async () => {
  const { ports, region, settled } = aWorld();
  const { old, replica } = region;
  return { port: ports.writers, old, replica, settled, loseOld: async () => region.lose() };
});

describeWitnesses('model', async () => {
  const { ports, region } = aWorld();
  return { port: ports.witnesses, database, lose: async () => region.lose() };
});

describeHeartbeats('model', async () => {
  const { ports, region } = aWorld();
  const services = modelCatalog().databases.find(({ name: one }) => one === database)?.services ?? [];
  const sicken = async () => region.lose();
  return { port: ports.heartbeats, database, services, heard: async () => region.heard, sicken };
});
