import { rm } from 'node:fs/promises';
import { type Bundle, bundleBare, bundleFunctions, importerIn } from '../bundles/build.ts';
import { measuredIn } from '../child.ts';
import { type Bench, type Measured, type Measurement, median, rounded } from '../measurement.ts';

const processes = 11;

/** `ratio`: null for a function without a client, beside which a bare handler is nothing at all. */
type Imported = {
  function: string;
  clients: string[];
  kilobytes: number;
  ms: number;
  bareMs: number;
  ratio: number | null;
};

/** Function and bare handler by turns, each in a fresh process; the median of each. */
const compare = async (importer: string, bundle: Bundle, bare: string, { signal }: Bench): Promise<Imported> => {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let i = 0; i < processes; i += 1) {
    times.ours.push((await measuredIn<{ ms: number }>(importer, [bundle.file], { signal })).ms);
    times.bare.push((await measuredIn<{ ms: number }>(importer, [bare], { signal })).ms);
  }
  const [ms, bareMs] = [median(times.ours), median(times.bare)];
  const { key, clients, kilobytes } = bundle;
  const ratio = clients.length > 0 ? rounded(ms / bareMs) : null;
  return { function: key, clients, kilobytes, ms: rounded(ms, 1), bareMs: rounded(bareMs, 1), ratio };
};

const compareAll = async (bench: Bench): Promise<Imported[]> => {
  const { folder, bundles } = await bundleFunctions();
  try {
    const importer = await importerIn(folder);
    const imported: Imported[] = [];
    for (const bundle of bundles) {
      imported.push(await compare(importer, bundle, await bundleBare(folder, bundle.clients), bench));
    }
    return imported;
  } finally {
    await rm(folder, { recursive: true });
  }
};

export const bundles: Measurement = {
  name: 'bundles',
  title: 'Import time of each function beside a bare handler with the same SDK clients, and its size',
  async run(bench): Promise<Measured> {
    const functions = await compareAll(bench);
    const worst = functions.reduce((most, { ratio }) => Math.max(most, ratio ?? 0), 0);
    const line = ({ function: name, ms, bareMs, ratio, kilobytes }: Imported) =>
      `${name}: ${ms} ms, bare ${bareMs} ms${ratio === null ? ' (no SDK client)' : `, ${ratio} times`}; ${kilobytes} kB`;
    return { value: { processes, worstRatio: worst, functions }, lines: functions.map(line) };
  },
};
