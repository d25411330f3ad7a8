/**
 * `npm run schema`: writes config/catalog.schema.json, by which editors complete and check the catalog as it is typed. It is made from the
 * contract (lib/contracts/catalog.ts). Rules between fields are not in it: they are checked where the catalog is read.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { Catalog } from '../lib/contracts/catalog.ts';
import { Condition } from '../lib/contracts/playbook.ts';

export const schemaPath = join(import.meta.dirname, '../config/catalog.schema.json');

/** As text. What JSON Schema cannot say (a check in code, a pattern with flags) is left out: it never refuses what the contract takes. */
export const catalogSchema = (): string => {
  const schema = toJsonSchema(Catalog, {
    typeMode: 'input',
    errorMode: 'ignore',
    definitions: { Condition },
    overrideAction: ({ valibotAction, jsonSchema: { pattern, ...without } }) =>
      hasFlags(valibotAction) ? without : undefined,
  });
  return `${JSON.stringify({ title: 'The catalog of Evenkeel', ...schema }, null, 2)}\n`;
};

const hasFlags = (action: { type: string; requirement?: unknown }): boolean =>
  action.type === 'regex' && action.requirement instanceof RegExp && action.requirement.flags !== '';

if (import.meta.main) await writeFile(schemaPath, catalogSchema());
