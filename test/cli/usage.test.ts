import { describe, expect, test } from '@jest/globals';
import { awsPlane } from '../../cli/control-plane/aws.ts';
import { documents, evenkeel } from './support/host.ts';

const commands = [
  'up',
  'status',
  'images',
  'deploy',
  'rollback',
  'watch',
  'history',
  'explain',
  'backup',
  'backups',
  'drill',
  'drills',
  'evidence',
  'adopt',
  'down',
];

describe('help', () => {
  test.each(commands)('of %s has examples', async (command) => {
    const { code, out } = await evenkeel({}, command, '--help');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`Examples:\n +\\$ evenkeel ${command}`)),
    });
  });

  test('names all commands', async () => {
    const { out } = await evenkeel({}, '--help');
    for (const command of commands) expect(out).toMatch(new RegExp(`\n  ${command} `));
  });

  test('is what no command at all gets, with code 2', async () => {
    expect(await evenkeel({})).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^Usage: evenkeel/) });
  });
});

describe('a command line that does not say what to do is one sentence and code 2', () => {
  test.each([
    ['an unknown command', ['depoly'], "unknown command 'depoly' (Did you mean deploy?)"],
    ['a missing argument', ['deploy', 'shop'], "missing required argument 'digest'"],
    ['one argument too many', ['down', 'all'], 'too many arguments'],
    ['an unknown option', ['status', '--yaml'], "unknown option '--yaml'"],
    ['an unknown target', ['status', '--target', 'gcp'], 'Allowed choices are twin, aws'],
  ])('%s', async (_, argv, message) => {
    const { code, out, err } = await evenkeel({}, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toMatch(/^UsageInvalid: [^\n]+\n$/);
  });

  test('in JSON it is a document', async () => {
    expect(documents(await evenkeel({}, 'deploy', '--json'))).toEqual([
      { error: { name: 'UsageInvalid', message: "missing required argument 'service'", data: {} } },
    ]);
  });
});

test('an account without settings: all missing ones are named at once', () => {
  const settings = ['CATALOG_FILE', 'CLUSTER_NAME', 'CONTROL_TABLE', 'DEPLOYMENT_MACHINE_ARN', 'ROLLBACK_MACHINE_ARN'];
  const named = new RegExp(settings.map((name) => `(?=.*${name}: )`).join(''));
  expect(() => awsPlane({})).toThrow(named);
});
