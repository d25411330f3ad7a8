import { type Evidence, toldOf } from '../../lib/contracts/evidence.ts';
import { exitCodes } from '../exit-codes.ts';
import { EvidenceNotFound } from '../failures.ts';
import { assertDatabase } from '../input/database.ts';
import { writeFile } from '../input/files.ts';
import { readEvidence } from '../operations/evidence.ts';
import { evidenceText } from '../output/evidence.ts';
import { evidencePage } from '../report/evidence-page.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

type Options = CommonOptions & { drill?: string; failover?: string; html?: string };

const examples = [
  'evidence show mcp-ui',
  'evidence show mcp-ui --drill mcp-ui-20260501-100000-3fa9 --html drill.html',
  'evidence show mcp-ui --failover failover-mcp-ui-20260501-100000-3fa9',
];

/** Exit code: 1 when the chain was tampered with, whatever it tells. */
export const evidenceShowCommand: Registration = (host, finish) =>
  newCommand({ name: 'show', summary: 'what a drill or failover proved, from a chain that is verified', examples })
    .argument('<database>', 'a database of the catalog')
    .option('--drill <id>', 'of that drill (default: the newest evidence)')
    .option('--failover <run>', 'of that failover')
    .option('--html <file>', 'also write it as one page that needs nothing else')
    .action(async (database: string, options: Options) => {
      const { output, plane } = contextOf(host, options);
      const { ports } = await plane();
      await assertDatabase(ports, database);
      const { chain, problems } = await readEvidence(ports, database);
      const evidence = chosen(database, chain, options);
      const { html } = options;
      if (html !== undefined) await writeFile(host.files, '--html', html, evidencePage({ evidence, problems }));
      const verified = { ok: problems.length === 0, entries: chain.length, problems };
      output.result(
        { evidence, chain: verified, ...(html && { html }) },
        evidenceText(evidence, verified, output.style),
      );
      if (html) output.note(`\nWritten to ${html}`);
      finish(problems.length === 0 ? exitCodes.ok : exitCodes.failed);
    });

/** Errors: `EvidenceNotFound`. */
const chosen = (database: string, chain: readonly Evidence[], { drill, failover }: Options): Evidence => {
  const of = failover ?? drill;
  const found = of === undefined ? chain.at(-1) : chain.find((one) => toldOf(one) === of);
  if (found) return found;
  const known = chain.map(toldOf).slice(-10);
  const option = failover === undefined ? '--drill' : '--failover';
  const what = of === undefined ? `${database} has no evidence yet` : `${option}: got "${of}"`;
  throw new EvidenceNotFound(`${what}; the newest with evidence: ${known.join(', ') || 'none'}`, { known });
};
