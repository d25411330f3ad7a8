/**
 * `npm run test:postgres`: what needs PostgreSQL's client programs, against the real ones. Installs them in `.venv` on the first
 * run, runs test/postgres, and exits with the tests' code.
 */
import { postgresTools } from './postgres-tools.ts';
import { runJest } from './run-jest.ts';

try {
  process.exitCode = await runJest('**/test/postgres/*.pg.ts', { EVENKEEL_POSTGRES_BIN: await postgresTools() });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
