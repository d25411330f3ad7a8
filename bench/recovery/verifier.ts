import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from '../../cli/tour/stage.ts';
import { twinCatalogs } from '../../cli/twin/catalog.ts';
import { bundle } from '../bundles/build.ts';
import { measuredIn } from '../child.ts';
import { program } from '../program.ts';
import { type Copy, loginOf } from './copy.ts';
import type { Verifying } from './verify.ts';

/** Of the process that ran the verifying step. `read`: how much, in words. `startMb`: what it had before the step began. */
export type Verified = { seconds: number; verdict: string; read: string; startMb: number; peakMb: number };

export type Verifier = { verify(copy: Copy): Promise<Verified>; [Symbol.asyncDispose](): Promise<void> };

/** The verifying step, bundled as for AWS; each time in a fresh process. */
export const newVerifier = async (stage: Stage): Promise<Verifier> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-verify-'));
  const step = join(folder, 'verify.cjs');
  const input = join(folder, 'input.json');
  await bundle(program('recovery/verify.ts'), step);
  return {
    async verify({ plan, policy }) {
      const { stateDir, signal } = stage;
      const login = { ...(await loginOf(stage, plan)), drill: true };
      const verifying: Verifying = { stateDir, login, catalog: await twinCatalogs.current(), plan, policy };
      await writeFile(input, JSON.stringify(verifying), { mode: 0o600 });
      return measuredIn<Verified>(step, [input], { signal });
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
};
