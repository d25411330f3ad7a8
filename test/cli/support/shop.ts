import { behaviours } from '../../../twin/model/world/behaviour.ts';
import { aScenario, aVersion } from '../../support/scenario.ts';
import { modelPlane } from './model-plane.ts';

export const [v1, v2] = [aVersion('1'), aVersion('2')];
/** Its checks before the shift are good; users are not. */
export const bad = aVersion('b', behaviours.failing(0.2));
export const crashing = aVersion('d', behaviours.crashLoop);

/** The service `shop` on the model, running the first version under load; the other versions are in its registry. */
export const aShop = async () => {
  const scenario = await aScenario();
  scenario.given.service('shop').running(v1).traffic(40);
  for (const version of [v2, bad, crashing]) scenario.given.image(version);
  const samples = [{ name: 'good-2', digest: v2.digest, does: 'is good' }];
  return { ...scenario, plane: modelPlane(scenario.twin, samples), account: modelPlane(scenario.twin) };
};
