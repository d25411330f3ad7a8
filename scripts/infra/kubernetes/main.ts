/**
 * `node scripts/infra/kubernetes/main.ts [--json]`: renders every overlay, asks the rules, applies all of a stage to a real
 * API server, sends requests to the real nginx, takes the real backups, and lets the control plane's adapter work with the
 * rights that the manifests give it. Builds and installs what it needs (Go, Debian packages, Python) into EVENKEEL_CACHE
 * or `.cache/`. Exit code 0 when everything holds.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCatalog } from '../../../lib/catalog/parse-catalog.ts';
import { root } from './cache.ts';
import { checkBackup } from './check-backup.ts';
import { checkFrontend } from './check-frontend.ts';
import { checkOverlay } from './check-overlay.ts';
import { checkTraffic } from './check-traffic.ts';
import { run } from './command.ts';
import { resourceDefinitions } from './definitions.ts';
import { clustersOf, isFirstRelease, isOfServices, type Overlay, renderAll } from './manifests.ts';
import { apiServer, debianPrograms, kustomize } from './programs.ts';
import { type Parts, problemsOf, summaryOf } from './report.ts';
import { rules } from './rules/all.ts';
import { findings } from './rules/rule.ts';

const json = process.argv.includes('--json');
const say = (what: string): void => {
  if (!json) console.log(what);
};

const check = async (): Promise<Parts> => {
  const startedMs = performance.now();
  say('Programs and definitions ...');
  const programs = { ...(await debianPrograms()), kubeApiServer: await apiServer() };
  const definitions = await resourceDefinitions();
  const overlays = await renderAll(await kustomize());
  const ruled = overlays.filter((overlay) => !isFirstRelease(overlay));
  const reports = [];
  for (const cluster of clustersOf(overlays)) {
    say(`Stage ${cluster.name} on an API server of its own ...`);
    reports.push(await checkOverlay(programs, definitions, cluster));
  }
  const production = overlayNamed(overlays, 'production');
  say('Requests to the frontend, backups, counts of traffic, and the adapter with its rights ...');
  // Counting waits most of its time.
  const [backup, traffic] = await Promise.all([
    checkBackup(programs, definitions, production),
    checkTraffic(programs, production),
  ]);
  return {
    rules: rules.length,
    findings: [
      ...findings(rules, ruled.filter(isOfServices), await catalog()),
      ...findings(
        rules,
        ruled.filter((overlay) => !isOfServices(overlay)),
        noServices,
      ),
    ],
    overlays: reports,
    frontend: await checkFrontend(programs, production),
    backup,
    traffic,
    contract: await contract(programs),
    seconds: Math.round((performance.now() - startedMs) / 1000),
  };
};

/** Of what is no service, nobody expects slots. */
const noServices = { version: 1, freezes: [], policies: {}, services: [] } as never;

const catalog = async () => {
  const file = join(root, 'config/catalog.yml');
  return parseCatalog(await readFile(file, 'utf8'), file);
};

const overlayNamed = (overlays: readonly Overlay[], wanted: string): Overlay => {
  const found = overlays.find(({ name }) => name === wanted);
  if (found) return found;
  throw new Error(`k8s/overlays: expected an overlay "${wanted}", got ${overlays.map(({ name }) => name).join(', ')}`);
};

const contract = async ({ kubeApiServer, etcd }: { kubeApiServer: string; etcd: string }) => {
  const env = { KUBE_APISERVER: kubeApiServer, ETCD: etcd };
  const script = join(root, 'scripts/test-kubernetes.ts');
  const out = await run(process.execPath, [script], { cwd: root, env }).catch((error: Error) => error.message);
  const [, passed = '0', failed = '1'] = /(\d+) passed, (\d+) failed/.exec(out) ?? [];
  return { passed: Number(passed), failed: Number(failed) };
};

try {
  const parts = await check();
  const problems = problemsOf(parts);
  const { problems: _, ...counts } = summaryOf(parts);
  if (json) console.log(JSON.stringify(summaryOf(parts)));
  else console.log([...problems, ...Object.entries(counts).map(([name, count]) => `${name}: ${count}`)].join('\n'));
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
