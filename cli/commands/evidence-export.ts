import { EvidenceRefused } from '../../lib/contracts/failures.ts';
import { fileTextOf } from '../evidence/file.ts';
import { keysText } from '../evidence/keys.ts';
import { exitCodes } from '../exit-codes.ts';
import { EvidenceNotFound } from '../failures.ts';
import { assertDatabase } from '../input/database.ts';
import { writeFile } from '../input/files.ts';
import { readEvidence } from '../operations/evidence.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

const examples = ['evidence export mcp-ui --out mcp-ui.jsonl      and the public key in mcp-ui.jsonl.pem'];

/** Rule: what would be refused by `verify` is not handed out as evidence. */
export const evidenceExportCommand: Registration = (host, finish) =>
  newCommand({ name: 'export', summary: 'the whole chain, and the public key beside it', examples })
    .argument('<database>', 'a database of the catalog')
    .requiredOption('--out <file>', 'one JSON object a line; the key goes to <file>.pem')
    .action(async (database: string, options: CommonOptions & { out: string }) => {
      const { output, plane } = contextOf(host, options);
      const { ports } = await plane();
      await assertDatabase(ports, database);
      const { chain, keys, problems } = await readEvidence(ports, database);
      if (problems.length > 0) throw new EvidenceRefused(`${database}: ${problems.join('; ')}`, { problems });
      const newest = chain.at(-1);
      if (!newest) throw new EvidenceNotFound(`${database} has no evidence yet; make some with: evenkeel drill`, {});
      const file = options.out;
      const keyFile = `${file}.pem`;
      await writeFile(host.files, '--out', file, fileTextOf(chain));
      await writeFile(host.files, '--out', keyFile, keysText(keys));
      const text = `${file}: ${chain.length} entries of ${database}; ${keyFile}: the public key\nCheck it anywhere: evenkeel evidence verify ${file} --key ${keyFile}`;
      output.result({ database, file, keyFile, entries: chain.length, newestHash: newest.hash }, text);
      finish(exitCodes.ok);
    });
