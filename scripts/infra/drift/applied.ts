import { clustersOf, type Overlay, renderAll } from '../kubernetes/manifests.ts';
import { kustomize } from '../kubernetes/programs.ts';
import { appliedRules } from './applied-rules.ts';
import { stackNames } from './names.ts';
import { readCatalog } from './part.ts';
import { brokenRules } from './rule.ts';
import { resourcesOf, type State } from './state.ts';

/** What an applied environment does not share with the manifests of the same stage, the stack and the code. */
export const appliedDrift = async (stage: string, state: State): Promise<{ rules: number; problems: string[] }> => {
  const overlays = await renderAll(await kustomize());
  const objectsOf = (from: readonly Overlay[]) => from.find(({ name }) => name === stage)?.objects ?? [];
  const world = {
    stage,
    resources: resourcesOf(state),
    objects: objectsOf(overlays),
    cluster: objectsOf(clustersOf(overlays)),
    catalog: await readCatalog(),
    names: stackNames,
  };
  return { rules: appliedRules.length, problems: brokenRules(`drift of ${stage}`, appliedRules, world) };
};
