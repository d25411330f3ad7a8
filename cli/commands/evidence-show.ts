import type { Evidence } from '../../lib/contracts/evidence.ts';
import { exitCodes } from '../exit-codes.ts';
import { EvidenceNotFound } from '../failures.ts';
import { assertDatabase } from '../input/database.ts';
import { writeFile } from '../input/files.ts';
import { readEvidence } from '../operations/evidence.ts';
import { evidenceText } from '../output/evidence.ts';
import { drillPage } from '../report/drill-page.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

type Options = CommonOptions & { drill?: string; html?: string };

const examples = ['evidence show mcp-ui', 'evidence show mcp-ui --drill mcp-ui-20260501-100000-3fa9 --html drill.html'];

/** Exit code: 1 when the chain was tampered with, whatever it tells. */
export const evidenceShowCommand: Registration = (host, finish) =>
  newCommand({ name: 'show', summary: 'what a drill proved, from a chain that is verified', examples })
    .argument('<database>', 'a database of the catalog')
    .option('--drill <id>', 'of that drill (default: the newest)')
    .option('--html <file>', 'also write it as one page that needs nothing else')
    .action(async (database: string, options: Options) => {
      const { output, plane } = contextOf(host, options);
      const { ports } = await plane();
      await assertDatabase(ports, database);
      const { chain, problems } = await readEvidence(ports, database);
      const evidence = chosen(database, chain, options.drill);
      const { html } = options;
      if (html !== undefined) await writeFile(host.files, '--html', html, drillPage({ evidence, problems }));
      const verified = { ok: problems.length === 0, entries: chain.length, problems };
      output.result(
        { evidence, chain: verified, ...(html && { html }) },
        evidenceText(evidence, verified, output.style),
      );
      if (html) output.note(`\nWritten to ${html}`);
      finish(problems.length === 0 ? exitCodes.ok : exitCodes.failed);
    });

/** Errors: `EvidenceNotFound`. */
const chosen = (database: string, chain: readonly Evidence[], drill: string | undefined): Evidence => {
  const found = drill === undefined ? chain.at(-1) : chain.find((one) => one.drill.plan.drill === drill);
  if (found) return found;
  const known = chain.map((one) => one.drill.plan.drill).slice(-10);
  const what = drill === undefined ? `${database} has no evidence yet` : `--drill: got "${drill}"`;
  throw new EvidenceNotFound(`${what}; the newest drills with evidence: ${known.join(', ') || 'none'}`, { known });
};
