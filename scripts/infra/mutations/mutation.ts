import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A fault put into a file of a copy: what `removes` matches is gone, at one place after the other. */
export type Mutation = { name: string; file: string; removes: RegExp };

/** The texts of the file with the fault, one for each place. Errors: when there is no such place any more. */
export const mutants = ({ name, file, removes }: Mutation, text: string): string[] => {
  const places = [...text.matchAll(removes)];
  if (places.length === 0) throw new Error(`mutation "${name}": nothing in ${file} matches ${removes}`);
  return places.map(({ index, 0: found }) => text.slice(0, index) + text.slice(index + found.length));
};

/** Problems of a mutation that was not caught by a rule with a name. `check` gives the problems of the copy. */
export const uncaught = async (
  mutation: Mutation,
  folder: string,
  check: () => Promise<readonly string[]>,
  say: (caught: string) => void,
): Promise<string[]> => {
  const path = join(folder, mutation.file);
  const text = await readFile(path, 'utf8');
  const problems: string[] = [];
  for (const [index, mutant] of mutants(mutation, text).entries()) {
    await writeFile(path, mutant);
    const caught = (await check()).find((problem) => problem.includes('rule "'));
    if (caught) say(`caught: ${mutation.name} (place ${index + 1} of ${mutation.file}): ${caught}`);
    else problems.push(`rule "faults are caught": ${mutation.name} (place ${index + 1} of ${mutation.file}) is not`);
  }
  await writeFile(path, text);
  return problems;
};
