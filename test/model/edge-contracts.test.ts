import { Changes } from '../../twin/model/changes.ts';
import { EdgeWorld, modelEdge, modelSchedules } from '../../twin/model/ports/edge.ts';
import { describeEdge, describeSchedules } from '../contracts/edge.contract.ts';

const changes = new Changes(() => 0);

describeEdge('model', async () => {
  const world = new EdgeWorld();
  const distribution = 'E2SHOP';
  world.distributions.set(distribution, new Set());
  const purges = async () => world.distributions.get(distribution)?.size ?? 0;
  return { port: modelEdge(world, changes), distribution, purges };
});

describeSchedules('model', async () => {
  const world = new EdgeWorld();
  const schedule = 'nightly';
  world.schedules.set(schedule, 'on');
  const isPaused = async () => world.schedules.get(schedule) === 'paused';
  return { port: modelSchedules(world, changes), schedule, isPaused };
});
