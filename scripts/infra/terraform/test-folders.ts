import { join } from 'node:path';
import { mapInParallel } from '../in-parallel.ts';
import type { PartReport, Say } from '../part.ts';
import { terraform } from './command.ts';
import { type RuleReport, readRules } from './rules.ts';
import type { Workspace } from './workspace.ts';

/** A run of `terraform test` uses less than one core, most of it to start the provider. */
const folderAtOnce = 3;

/** Form, validity and rules of the folders, which were initialised. */
export const testFolders = async (
  { folder, modules }: Workspace,
  places: readonly string[],
  say: Say,
): Promise<PartReport> => {
  const form = await formatted(folder);
  const reports = await mapInParallel(places, folderAtOnce, async (place) => {
    const report = await testFolder(join(folder, place), `terraform/${place}`);
    say(`terraform/${place}: ${report.passed} rules hold`);
    return report;
  });
  return {
    counts: { modules: modules.length, rules: reports.reduce((sum, { passed }) => sum + passed, 0) },
    problems: [...form, ...reports.flatMap(({ problems }) => problems)],
  };
};

const formatted = async (folder: string): Promise<string[]> => {
  const { code, out, errors } = await terraform(folder, ['fmt', '-check', '-recursive', '-list=true']);
  if (code === 0) return [];
  return [`terraform: rule "files are formatted": ${`${out} ${errors}`.trim().split('\n').join(', ')}`];
};

const testFolder = async (folder: string, place: string): Promise<RuleReport> => {
  const invalid = await validated(folder, place);
  if (invalid.length > 0) return { passed: 0, problems: invalid };
  const { out, errors } = await terraform(folder, ['test', '-json']);
  return readRules(place, out + errors);
};

type Validation = {
  diagnostics: { severity: string; summary: string; detail?: string; range?: { filename: string } }[];
};

/** A module that is given a second provider cannot be valid alone, in either of two wordings; its tests give it one. */
const wantsProvider = /^(missing provider provider\[|Provider configuration not present$)/;

/** Warnings count: what is deprecated today fails with the next provider. */
const validated = async (folder: string, place: string): Promise<string[]> => {
  const { out } = await terraform(folder, ['validate', '-json']);
  const { diagnostics } = JSON.parse(out) as Validation;
  const own = diagnostics.filter(({ summary }) => !(place.includes('/modules/') && wantsProvider.test(summary)));
  return own.map(
    ({ severity, summary, detail = '', range }) =>
      `${place}: rule "the configuration is valid": ${severity} in ${range?.filename ?? 'it'}: ${summary} ${detail}`,
  );
};
