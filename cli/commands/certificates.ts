import { Command } from 'commander';
import { certificatesCheckCommand } from './certificates-check.ts';
import { certificatesForgetCommand } from './certificates-forget.ts';
import { certificatesListCommand } from './certificates-list.ts';
import type { Registration } from './command.ts';

export const certificatesCommand: Registration = (host, finish) => {
  const group = new Command('certificates').description(
    'what is known of every certificate and of what is really served: list (default), check, forget',
  );
  const examples = ['certificates', 'certificates check --controls', 'certificates forget acm:…'];
  return group
    .addCommand(certificatesListCommand(host, finish), { isDefault: true })
    .addCommand(certificatesCheckCommand(host, finish))
    .addCommand(certificatesForgetCommand(host, finish))
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ evenkeel ${example}`).join('\n')}`);
};
