import { type Programs, startApiServer } from '../../../test/kubernetes/api-server.ts';
import { type Apply, applierTo, define, type Refusal } from './api.ts';
import type { KubernetesObject, Overlay } from './manifests.ts';
import { makePods, type PodReport } from './pods.ts';
import { wrongSelections } from './selection.ts';

export type OverlayReport = PodReport & {
  overlay: string;
  manifests: number;
  refusedByApiServer: Refusal[];
  selections: string[];
};

/** Applies one overlay to an empty cluster of its own: first on trial, then for good, then pods of all its templates. */
export const checkOverlay = async (
  programs: Programs,
  definitions: readonly KubernetesObject[],
  overlay: Overlay,
): Promise<OverlayReport> => {
  const api = await startApiServer(programs, { checksServiceAccounts: true });
  try {
    await define(api, definitions);
    const refusedByApiServer = await applyAll(applierTo(api), overlay.objects);
    return {
      overlay: overlay.name,
      manifests: overlay.objects.length,
      refusedByApiServer,
      ...(await makePods(api, overlay)),
      selections: await wrongSelections(api, overlay),
    };
  } finally {
    await api.stop();
  }
};

/** On trial nothing is kept, so the namespaces must be there before the rest can be tried. */
const applyAll = async (apply: Apply, objects: readonly KubernetesObject[]): Promise<Refusal[]> => {
  const groups = [
    objects.filter(({ kind }) => kind === 'Namespace'),
    objects.filter(({ kind }) => kind !== 'Namespace'),
  ];
  const refusals: (Refusal | undefined)[] = [];
  for (const group of groups) {
    refusals.push(...(await Promise.all(group.map((object) => apply(object, { dryRun: true })))));
    refusals.push(...(await Promise.all(group.map((object) => apply(object)))));
  }
  return refusals.filter((refusal) => refusal !== undefined);
};
