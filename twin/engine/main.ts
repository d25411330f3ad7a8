import { Command } from 'commander';
import { run, serve, validate } from './cli/commands.ts';

/** The engine by itself, for anybody's machines: `node twin/engine/main.ts --help`. */
const program = new Command('engine').description('Runs Amazon States Language machines in JSONata mode');

const failing =
  <A extends unknown[]>(action: (...args: A) => Promise<number> | number) =>
  async (...args: A): Promise<void> => {
    try {
      process.exitCode = await action(...args);
    } catch (reason) {
      console.error(String(reason));
      process.exitCode = 2;
    }
  };

program
  .command('run <machine> [input]')
  .description('run a machine in virtual time; print its output and history as JSON')
  .option('--mock <file>', 'what functions and services answer')
  .action(
    failing((machine: string, input: string | undefined, options: { mock?: string }) => run(machine, input, options)),
  );

program
  .command('validate <machine>')
  .description('print why AWS would refuse a machine')
  .action(failing((machine: string) => validate(machine)));

program
  .command('serve')
  .description('serve the Step Functions API, for any SDK')
  .option('--port <n>', 'port; 0 for any free one', '8083')
  .option('--journal <file>', 'where executions are kept')
  .option('--mock <file>', 'what functions and services answer')
  .option('--lambda-url <url>', 'where functions are invoked, by the Lambda API')
  .action(
    failing(async (options: { port: string }) => {
      await serve(options);
      return 0;
    }),
  );

await program.parseAsync();
