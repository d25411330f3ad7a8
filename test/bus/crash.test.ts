import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aBus, newFile } from './support.ts';

const program = join(import.meta.dirname, 'crash.program.ts');

/** Runs the program until it says that it got so far, and kills it there. */
const killedWhen = async (stage: 'accepted' | 'invoked', file: string): Promise<void> => {
  const child = spawn(process.execPath, [program, file, stage], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe(`${stage}\n`);
  child.kill('SIGKILL');
  await once(child, 'exit');
};

test.each(['accepted', 'invoked'] as const)(
  'an event that was %s when its process was killed is delivered',
  async (stage) => {
    const file = newFile();
    await killedWhen(stage, file);
    const { bus, invocations, clock } = aBus({ file });
    await clock.run({ until: () => invocations.length > 0 });
    await clock.run({ untilMs: clock.now() });
    expect(invocations).toMatchObject([{ key: 'onOrder', payload: { detail: { order: 'o-1' } } }]);
    expect(bus.waiting()).toBe(0);
  },
);
