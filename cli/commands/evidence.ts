import { Command } from 'commander';
import type { Registration } from './command.ts';
import { evidenceExportCommand } from './evidence-export.ts';
import { evidenceShowCommand } from './evidence-show.ts';
import { evidenceVerifyCommand } from './evidence-verify.ts';

export const evidenceCommand: Registration = (host, finish) => {
  const group = new Command('evidence').description(
    'what drills and failovers left for an auditor: show, export, verify',
  );
  const examples = ['evidence show mcp-ui', 'evidence export mcp-ui --out mcp-ui.jsonl'];
  for (const register of [evidenceShowCommand, evidenceExportCommand, evidenceVerifyCommand])
    group.addCommand(register(host, finish));
  return group.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ evenkeel ${example}`).join('\n')}`);
};
