import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCatalog } from '../../../lib/catalog/parse-catalog.ts';
import { root } from '../kubernetes/cache.ts';
import { isFirstRelease, isHandedOver, renderOverlays } from '../kubernetes/manifests.ts';
import { kustomize } from '../kubernetes/programs.ts';
import { rules } from '../kubernetes/rules/all.ts';
import { findings } from '../kubernetes/rules/rule.ts';
import type { Say } from '../part.ts';
import { type Mutation, uncaught } from './mutation.ts';

/** The key and all lines that are indented deeper. */
const block = (key: string): RegExp => new RegExp(`^( *)${key}:.*\\n(?:\\1 +.*\\n)*`, 'gm');

const mutations: readonly Mutation[] = ['mcp-manager', 'mcp-frontend'].map((service) => ({
  name: `${service} takes requests before it is ready`,
  file: `base/${service}/slot/deployment.yaml`,
  removes: block('readinessProbe'),
}));

/** Kubernetes mutations that no rule notices. */
export const uncaughtInKubernetes = async (say: Say): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-k8s-'));
  try {
    await cp(join(root, 'k8s'), folder, { recursive: true });
    const catalog = parseCatalog(await readFile(join(root, 'config/catalog.yml'), 'utf8'), 'config/catalog.yml');
    const program = await kustomize();
    const check = async () => {
      const overlays = await renderOverlays(program, join(folder, 'overlays'));
      const whole = overlays.filter((overlay) => !isHandedOver(overlay) && !isFirstRelease(overlay));
      return findings(rules, whole, catalog).map(({ overlay, rule, what }) => `${overlay}: rule "${rule}": ${what}`);
    };
    const problems: string[] = (await check()).map((problem) => `before any mutation: ${problem}`);
    for (const mutation of mutations) problems.push(...(await uncaught(mutation, folder, check, say)));
    return problems;
  } finally {
    await rm(folder, { recursive: true });
  }
};
