import { exitCodes } from '../exit-codes.ts';
import { openAlarms } from '../operations/alarms.ts';
import { alarmsTable } from '../output/alarms.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

/** Exit code: 1 while one that was given to people is taken by nobody. */
export const alarmsCommand: Registration = (host, finish) =>
  newCommand({
    name: 'alarms',
    summary: 'incidents that go on or need people: who is asked or called, until when, and who took it',
    examples: ['alarms', 'alarms --json', 'alarms --target aws'],
  }).action(async (options: CommonOptions) => {
    const { output, plane } = contextOf(host, options);
    const alarms = await openAlarms(await plane());
    output.result({ alarms }, alarmsTable(alarms, output.style) || 'no alarm needs anybody');
    const waits = alarms.some(({ status, acknowledgedBy }) => status === 'escalated' && !acknowledgedBy);
    finish(waits ? exitCodes.failed : exitCodes.ok);
  });
