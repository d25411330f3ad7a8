import { setTimeout } from 'node:timers/promises';
import { LeaseLost, WriteConflict } from '../../contracts/failures.ts';
import type { Api } from './client.ts';
import { Fenced, fenceAnnotation, readObject } from './shapes.ts';

/** A rollout changes an object's status several times a second, so a lost race is common and a lost row of them is not. */
const maxAttempts = 10;
const maxPauseMs = 100;

type Patch = { metadata?: { annotations: Record<string, string> }; spec?: object };

/**
 * Patches an object and leaves the fencing token on it, in one write that is conditional on the version that was read.
 * `patch`: or what makes it of the object as it was read. Errors: `LeaseLost` for `resource` when a larger token is there.
 */
export const patchFenced = async (
  api: Api,
  path: string,
  resource: string,
  patch: Patch | ((object: unknown) => Patch),
  token: number,
): Promise<void> => {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const object = await api.get(path);
    const { metadata } = readObject(Fenced, path, object);
    const newest = metadata.annotations[fenceAnnotation];
    if (newest > token) throw new LeaseLost(resource, token, newest);
    const wished = typeof patch === 'function' ? patch(object) : patch;
    const annotations = { ...wished.metadata?.annotations, [fenceAnnotation]: String(token) };
    const conditional = { ...wished, metadata: { resourceVersion: metadata.resourceVersion, annotations } };
    if (await api.patch(path, conditional)) return;
    await setTimeout(Math.random() * maxPauseMs);
  }
  throw new WriteConflict(`Kubernetes: ${path} changed ${maxAttempts} times while it was to be written`, { path });
};
