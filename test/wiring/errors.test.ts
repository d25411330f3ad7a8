import { describe, expect, test } from '@jest/globals';
import * as failures from '../../lib/contracts/failures.ts';
import { undoErrors } from '../../lib/domain/watch/undo-error.ts';
import { readText, typescriptIn } from '../support/sources.ts';
import { failureKinds, transientNames } from './failures.ts';
import { allStates, functionOf, matchedErrors, type Placed } from './machines.ts';

const ofThePlatform = /^(States|Lambda|Sandbox|Runtime|Sfn|StepFunctions)\.\w+$/;
const labelled = ({ machine, name, state }: Placed) => [`${machine}.${name}`, state] as const;

describe('what machines match', () => {
  test.each(allStates().map(labelled))('%s matches only errors that exist', (_, state) => {
    const unknown = matchedErrors(state).filter((error) => !failureKinds.has(error) && !ofThePlatform.test(error));
    expect(unknown).toEqual([]);
  });
});

/** Thrown to be asked again by the few states that wait for them; elsewhere nobody throws them. */
const waitedFor: Readonly<Record<string, RegExp>> = {
  TrafficNotMoved: /\bTrafficNotMoved\b/,
  SlotNotDrained: /\bSlotNotDrained\b/,
  BackupNotReady: /\bBackupNotReady\b/,
  RestoreNotReady: /\bRestoreNotReady\b/,
  CopyStillThere: /\bCopyStillThere\b/,
  FailoverPending: /\bFailoverPending\b/,
  RenewalPending: /\bRenewalPending\b/,
  AnswerPending: /\bAnswerPending\b/,
  // Thrown by the adapters of whatever changes a database server.
  DatabaseBusy: /\b(databases|writers)\.(takeSnapshot|copySnapshot|removeSnapshot|restore|remove|fence|promote)\(/,
};

describe('what machines try again', () => {
  const tasks = allStates().filter(({ state }) => functionOf(state));
  test.each(tasks.map(({ machine, name, state }) => [`${machine}.${name}`, machine, name, state] as const))(
    '%s tries every transient failure again that it can meet',
    (_, machine, name, state) => {
      const retried = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
      const source = readText(`functions/${machine}/${kebab(name)}.ts`);
      const own = source.includes("from '../deployment/retire-slot.ts'")
        ? readText('functions/deployment/retire-slot.ts')
        : source;
      const expected = transientNames.filter((error) => waitedFor[error]?.test(onlyCode(own)) ?? true);
      expect(retried).toEqual(expect.arrayContaining(expected));
    },
  );
});

/** Comments and imports throw nothing. */
const onlyCode = (text: string): string => text.replace(/^import [^;]*;$|\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

const kebab = (name: string) => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();

describe('docs/errors.md', () => {
  const rows = readText('docs/errors.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const documented = rows.map(([, name = '', kind = '', meaning = '', thrower = '', remedy = '']) => ({
    name: name.replaceAll('`', ''),
    kind,
    cells: [meaning, thrower, remedy],
  }));

  test('documents every error, and none that does not exist', () => {
    expect(documented.map(({ name }) => name).sort()).toEqual([...failureKinds.keys()].sort());
  });
  test('says rightly whether trying again can help', () => {
    for (const { name, kind } of documented) expect(`${name} ${kind}`).toBe(`${name} ${failureKinds.get(name)}`);
  });
  test('says of each what it means, who throws it and what to do', () => {
    expect(documented.filter(({ cells }) => cells.some((cell) => cell.length < 8))).toEqual([]);
  });
});

/** Nobody throws by these: they hand on what others threw, or match it. */
const handOn = ['lib/contracts/failures.ts', 'twin/live/control/wire.ts'];
const throwers = typescriptIn('lib', 'functions', 'twin', 'cli')
  .filter((path) => !handOn.includes(path))
  .map((path) => onlyCode(readText(path)));
/** The watch decides this one as data, and its machine fails with it. */
const decided: readonly string[] = undoErrors;

test.each(Object.keys(failures).filter((name) => !decided.includes(name)))('%s is thrown somewhere', (name) => {
  expect(throwers.filter((text) => new RegExp(`(?<!')\\b${name}\\b`).test(text))).not.toEqual([]);
});

test('the literal name of each error is the name of its class, so that a bundler cannot change it', () => {
  const text = readText('lib/contracts/failures.ts');
  for (const name of Object.keys(failures)) {
    expect(text).toMatch(new RegExp(`class ${name} extends \\w+ \\{\\s+override readonly name = '${name}';`));
  }
});
