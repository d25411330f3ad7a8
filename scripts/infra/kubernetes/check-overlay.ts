import { type Programs, startApiServer } from '../../../test/kubernetes/api-server.ts';
import { type Apply, applierTo, define, type Refusal } from './api.ts';
import type { KubernetesObject, Overlay } from './manifests.ts';
import { makePods, type PodReport } from './pods.ts';
import { wrongSelections } from './selection.ts';

export type OverlayReport = PodReport & {
  overlay: string;
  manifests: number;
  refusedByApiServer: Refusal[];
  /** Objects with a field that does not exist, which were taken all the same: the check would check nothing. */
  unknownFieldsTaken: string[];
  wrongSelections: string[];
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
    const apply = applierTo(api);
    const refusedByApiServer = await applyAll(apply, overlay.objects);
    return {
      overlay: overlay.name,
      manifests: overlay.objects.length,
      refusedByApiServer,
      ...(await makePods(api, overlay)),
      unknownFieldsTaken: await unknownFieldsTaken(apply, overlay.objects),
      wrongSelections: await wrongSelections(api, overlay),
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
  // What was refused on trial is refused again, and is one refusal.
  const byObject = new Map(refusals.filter((one) => one !== undefined).map((one) => [one.object, one]));
  return [...byObject.values()];
};

const unknownFieldsTaken = async (apply: Apply, objects: readonly KubernetesObject[]): Promise<string[]> => {
  const withSpec = objects.filter(({ spec }) => spec !== undefined);
  const answers = await Promise.all(
    withSpec.map(async (object) => {
      const refusal = await apply({ ...object, spec: { ...object.spec, noSuchField: true } }, { dryRun: true });
      return refusal?.message.includes('noSuchField') ? [] : [`${object.kind} ${object.metadata.name}`];
    }),
  );
  return answers.flat();
};
