import { Command } from 'commander';
import { acknowledgeCommand } from './commands/acknowledge.ts';
import { adoptCommand } from './commands/adopt.ts';
import { alarmsCommand } from './commands/alarms.ts';
import { approveCommand } from './commands/approve.ts';
import { backtestCommand } from './commands/backtest.ts';
import { backupCommand } from './commands/backup.ts';
import { backupsCommand } from './commands/backups.ts';
import { certificatesCommand } from './commands/certificates.ts';
import { closeCommand } from './commands/close.ts';
import type { Finish, Registration } from './commands/command.ts';
import { deployCommand } from './commands/deploy.ts';
import { downCommand } from './commands/down.ts';
import { drillCommand } from './commands/drill.ts';
import { drillsCommand } from './commands/drills.ts';
import { evidenceCommand } from './commands/evidence.ts';
import { explainCommand } from './commands/explain.ts';
import { failoverCommand } from './commands/failover.ts';
import { forecastCommand } from './commands/forecast.ts';
import { historyCommand } from './commands/history.ts';
import { imagesCommand } from './commands/images.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { statusCommand } from './commands/status.ts';
import { upCommand } from './commands/up.ts';
import { watchCommand } from './commands/watch.ts';
import type { Host } from './host.ts';

/** In the order in which a newcomer meets them. */
const registrations: readonly Registration[] = [
  upCommand,
  statusCommand,
  imagesCommand,
  deployCommand,
  rollbackCommand,
  watchCommand,
  historyCommand,
  explainCommand,
  backupCommand,
  backupsCommand,
  drillCommand,
  drillsCommand,
  evidenceCommand,
  failoverCommand,
  certificatesCommand,
  alarmsCommand,
  acknowledgeCommand,
  approveCommand,
  closeCommand,
  backtestCommand,
  forecastCommand,
  adoptCommand,
  downCommand,
];

/** The whole command line. */
export const programFor = (host: Host, finish: Finish): Command => {
  const program = new Command('evenkeel').description(
    'Keeps a production service on an even keel: deploys it, watches it, brings it back, and proves that its backups restore.',
  );
  for (const register of registrations) program.addCommand(register(host, finish));
  return program;
};
