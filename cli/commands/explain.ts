import { exitCodes } from '../exit-codes.ts';
import { explain } from '../operations/explain.ts';
import { explanationText } from '../output/explanation.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { runArgument, subjectIn } from './subject.ts';

const examples = ['explain mcp-manager-20260501-100000-3fa9', 'explain mcp-manager-20260501-100000-3fa9 --json'];

/** Exit code: 1 when the ledger was tampered with, whatever it tells. */
export const explainCommand: Registration = (host, finish) =>
  newCommand({ name: 'explain', summary: 'the story of a run, from a ledger that is verified', examples })
    .argument(...runArgument)
    .action(async (run: string, options: CommonOptions) => {
      const { output, plane: open } = contextOf(host, options);
      const plane = await open();
      const explanation = await explain(plane, await subjectIn(plane, run));
      output.result(explanation, explanationText(explanation, output.style));
      finish(explanation.chain.ok ? exitCodes.ok : exitCodes.failed);
    });
