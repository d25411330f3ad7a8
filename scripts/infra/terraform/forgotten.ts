import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gap } from './gaps.ts';

/** An attribute that moto forgets: `modules/cluster aws_eks_cluster.this.access_config`. */
type Forgotten = { folder: string; type: string; name: string; attribute: string };

export const isForgotten = ({ address }: Gap): boolean => address.startsWith('modules/');

const readForgotten = ({ address }: Gap): Forgotten => {
  const [folder = '', path = ''] = address.split(' ');
  const [type = '', name = '', attribute = ''] = path.split('.');
  if (!attribute)
    throw new Error(`terraform/moto-gaps.md: expected "modules/<name> <type>.<name>.<attribute>", got ${address}`);
  return { folder, type, name, attribute };
};

/** Tells the copies of the modules to apply these attributes, but not to compare them afterwards. */
export const overlookForgotten = async (workspace: string, gaps: readonly Gap[]): Promise<void> => {
  const forgotten = gaps.filter(isForgotten).map(readForgotten);
  for (const [folder = '', those = []] of Object.entries(Object.groupBy(forgotten, (one) => one.folder))) {
    const resources = Object.groupBy(those, ({ type, name }) => `"${type}" "${name}"`);
    const blocks = Object.entries(resources).map(([resource, ones = []]) => override(resource, ones));
    await writeFile(join(workspace, folder, 'moto_override.tf'), blocks.join('\n'));
  }
};

const override = (resource: string, forgotten: readonly Forgotten[]): string => `resource ${resource} {
  lifecycle {
    ignore_changes = [${forgotten.map(({ attribute }) => attribute).join(', ')}]
  }
}
`;

/** Attributes that no test of their module looks at. */
export const forgottenProblems = (gaps: readonly Gap[], testsOf: (module: string) => string): string[] =>
  gaps
    .filter(isForgotten)
    .map(readForgotten)
    .filter(({ folder, attribute }) => !testsOf(folder.replace('modules/', '')).includes(attribute))
    .map(
      ({ folder, type, name, attribute }) =>
        `terraform/moto-gaps.md: rule "what is left out is covered by terraform test": ${folder} ${type}.${name}.${attribute}`,
    );
