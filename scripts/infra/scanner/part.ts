import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { isFirstRelease, isHandedOver, renderAll } from '../kubernetes/manifests.ts';
import { kustomize } from '../kubernetes/programs.ts';
import type { Part } from '../part.ts';
import { copyTerraform } from '../terraform/workspace.ts';
import { checkov, ensureCheckov } from './checkov.ts';
import { readExceptions, unexplained, unneeded } from './exceptions.ts';
import { kubernetesPlace, readScan, type Scan, terraformPlace } from './findings.ts';

/** checkov over Terraform and over what the overlays render to. */
export const scannerPart: Part = async (say) => {
  await ensureCheckov();
  const exceptions = readExceptions(await readFile(join(import.meta.dirname, 'exceptions.yml'), 'utf8'));
  const scans = [await scanTerraform(), await scanManifests()];
  const findings = scans.flatMap((scan) => scan.findings);
  const left = unexplained(findings, exceptions);
  say(`scanner: ${findings.length} findings, ${left.length} without a reason`);
  return {
    counts: { scannerUnexplained: left.length },
    problems: [
      ...left.map(({ check, place, says }) => `${place}: rule "${check}: ${says}" (checkov)`),
      ...unneeded(findings, exceptions).map(
        ({ check, place }) => `exceptions.yml: ${check} at ${place} is not found any more`,
      ),
      ...scans.flatMap(({ unread }) => unread.map((file) => `checkov could not read ${file}`)),
      ...(scans.some(({ resources }) => resources === 0) ? ['checkov looked at nothing'] : []),
    ],
  };
};

const scanTerraform = async (): Promise<Scan> => {
  const { folder } = await copyTerraform();
  try {
    return readScan(await checkov(folder, 'terraform'), terraformPlace);
  } finally {
    await rm(join(folder, '..'), { recursive: true });
  }
};

const scanManifests = async (): Promise<Scan> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-manifests-'));
  try {
    const overlays = await renderAll(await kustomize());
    // The others are laid over what is there already: alone they are no whole objects.
    for (const { name, objects } of overlays.filter((one) => !isHandedOver(one) && !isFirstRelease(one))) {
      await writeFile(
        join(folder, `${name.replace('/', '-')}.yaml`),
        objects.map((object) => stringify(object)).join('---\n'),
      );
    }
    return readScan(await checkov(folder, 'kubernetes'), kubernetesPlace);
  } finally {
    await rm(folder, { recursive: true });
  }
};
