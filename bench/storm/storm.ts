import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { yamlCatalogs } from '../../lib/adapters/file/yaml-catalogs.ts';
import type { Bus, NewEvent } from '../../twin/bus/index.ts';
import { openControlPlane } from '../../twin/server/control-plane.ts';
import { openEndpoint } from '../../twin/server/endpoint.ts';
import { openHost } from '../../twin/server/host.ts';
import { machinesPort, pointClientsAt } from '../../twin/server/machines.ts';
import { readWiring } from '../../twin/wiring/index.ts';
import { stormCatalog } from './catalog.ts';
import { type Storm, stormEvents } from './events.ts';

/* The twin's control plane without a world, under a storm of alarms. Prints what became of it. Arguments: resources, tellings. */

const [resources = 500, tellings = 100] = process.argv.slice(2).map(Number);
const storm: Storm = { resources, tellings };
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-storm-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const atOnce = 10;
/** As many as EventBridge would take of us before it throttles; what waits lies on disk. */
const mostWaiting = 2000;
const betweenLooksMs = 5;

const openPlane = async () => {
  const catalogFile = join(folder, 'catalog.yml');
  writeFileSync(catalogFile, stringify(await stormCatalog()));
  const host = await openHost(folder);
  const wiring = readWiring();
  const { access, log } = host;
  const catalogs = yamlCatalogs.create({ CATALOG_FILE: catalogFile });
  const plane = await openControlPlane({
    stateDir: folder,
    wiring,
    ports: { ...access.ports, catalogs, machines: machinesPort(wiring) },
    alarms: access.alarms,
    measured: [],
    removals: access.removals,
    logOf: (key) => log.with({ function: key }),
    log: log.with({}),
    eventRetryWaitsMs: [1000, 2000],
  });
  const endpoint = await openEndpoint(host, plane, wiring);
  pointClientsAt(endpoint.url, wiring.place.region);
  await plane.resumeRuns();
  endpoint.open();
  await plane.deliverEvents();
  endpoint.ready();
  return { plane, access, endpoint };
};

const publishAll = async (bus: Bus): Promise<number> => {
  let published = 0;
  const batch: NewEvent[] = [];
  const send = async () => {
    while (bus.waiting() > mostWaiting) await pause(betweenLooksMs);
    published += bus.publish(batch.splice(0).map((event) => ({ event }))).length;
  };
  for (const event of stormEvents(storm)) {
    batch.push(event);
    if (batch.length === atOnce) await send();
  }
  if (batch.length > 0) await send();
  return published;
};

const { plane, access, endpoint } = await openPlane();
const { incidents, outbox } = access.ports;
const startedAt = performance.now();
const events = await publishAll(plane.bus);
while (plane.bus.waiting() > 0) await pause(betweenLooksMs);
const seconds = (performance.now() - startedAt) / 1000;
while ((await incidents.unended(1)).length > 0) await pause(100);

const since = '2026-01-01T00:00:00.000Z';
const names = Array.from({ length: resources }, (_, resource) => `storm-${resource}`);
const kept = await Promise.all(names.map((name) => incidents.changes(name, since)));
const opened = (await incidents.recent(since)).map(({ resource }) => resource);
const acted = (await incidents.attempts(since)).map(({ incident }) => incident);
const closings = (await outbox.pending(10_000)).filter(({ id }) => id.startsWith('closing-'));
console.log(
  JSON.stringify({
    events,
    seconds,
    eventsPerSecond: events / seconds,
    changesKept: kept.flat().length,
    incidents: opened.length,
    resourcesWithAnIncident: new Set(opened).size,
    attempts: acted.length,
    incidentsWithAnAttempt: new Set(acted).size,
    closings: closings.length,
    deadLetters: plane.bus.deadLetters().length,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
await plane.stop();
endpoint.close();
await plane.close();
process.exit();
