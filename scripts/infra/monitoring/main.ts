/**
 * `node scripts/infra/monitoring/main.ts [--json]`: renders the monitoring stack, asks the rules, and lets promtool and
 * amtool check and unit-test all of it. Installs them from Debian when they are not there. Exit code 0 when all holds.
 */
import { join } from 'node:path';
import { root } from '../kubernetes/cache.ts';
import { isFirstRelease, renderOverlays } from '../kubernetes/manifests.ts';
import { kustomize } from '../kubernetes/programs.ts';
import { containerRules } from '../kubernetes/rules/containers.ts';
import { readStack } from './read.ts';
import { routingRules } from './routing.ts';
import { type Finding, findingsOf, stackRules } from './rules.ts';
import { setupRules } from './setup.ts';
import { dashboardsOf, rulesOf } from './stack.ts';
import { askTools, installTools } from './tools.ts';

const check = async () => {
  const startedMs = performance.now();
  await installTools();
  const overlays = await renderOverlays(await kustomize(), join(root, 'k8s/monitoring/overlays'));
  const services = (await renderOverlays(await kustomize())).filter((overlay) => !isFirstRelease(overlay));
  const stack = await readStack(overlays, services);
  const noCatalog = { version: 1, freezes: [], policies: {}, services: [] } as never;
  const containers: Finding[] = overlays.flatMap((overlay) =>
    containerRules.flatMap(({ name, broken }) =>
      broken(overlay, noCatalog).map((what) => ({ rule: name, what: `${overlay.name}: ${what}` })),
    ),
  );
  const found = [
    ...findingsOf(stack, [...stackRules, ...routingRules, ...setupRules]),
    ...containers,
    ...(await askTools(stack)),
  ];
  return {
    promRules: rulesOf(stack).length,
    promTests: stack.tests.reduce((sum, { tests }) => sum + tests.length, 0),
    dashboards: overlays[0] ? dashboardsOf(overlays[0]).length : 0,
    queries: stack.queries.length,
    refused: found.length,
    problems: found.map(({ rule, what }) => `rule "${rule}": ${what}`),
    seconds: Math.round((performance.now() - startedMs) / 1000),
  };
};

try {
  const { problems, ...counts } = await check();
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ...counts, problems }));
  else console.log([...problems, ...Object.entries(counts).map(([name, count]) => `${name}: ${count}`)].join('\n'));
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
