import { describe, expect, test } from '@jest/globals';
import type { RunId } from '../../lib/contracts/names.ts';
import type { Machines } from '../../lib/ports/machines.ts';
import type { Runs } from '../../lib/ports/runs.ts';

export type MachinesWorld = {
  port: Machines;
  /** Asks for the runs that the port starts. */
  runs: Runs;
  /** Two inputs that the deployment machine takes; a run of either goes on until it is ended. */
  input: unknown;
  otherInput: unknown;
  /** Ends a run that goes on. */
  end(run: RunId): Promise<void>;
};

/** `make` gives machines that never ran. */
export const describeMachines = (name: string, make: () => Promise<MachinesWorld>): void => {
  describe(`Machines: ${name}`, () => {
    test('a new name starts a run', async () => {
      const { port, input } = await make();
      const { run, started } = await port.start('deployment', 'shop-r1', input);
      expect(started).toBe(true);
      expect(run).toContain('shop-r1');
    });

    test('the same start again is the same run', async () => {
      const { port, input } = await make();
      const first = await port.start('deployment', 'shop-r1', input);
      expect((await port.start('deployment', 'shop-r1', input)).run).toBe(first.run);
    });

    test('a name in use starts nothing and says so', async () => {
      const { port, input, otherInput } = await make();
      const { run } = await port.start('deployment', 'shop-r1', input);
      expect(await port.start('deployment', 'shop-r1', otherInput)).toEqual({ run, started: false });
    });

    test('a name that was in use starts nothing and says so', async () => {
      const { port, input, end } = await make();
      const { run } = await port.start('deployment', 'shop-r1', input);
      await end(run);
      expect(await port.start('deployment', 'shop-r1', input)).toEqual({ run, started: false });
    });

    test('another name is another run', async () => {
      const { port, input } = await make();
      const first = await port.start('deployment', 'shop-r1', input);
      const second = await port.start('deployment', 'shop-r2', input);
      expect(second.started).toBe(true);
      expect(second.run).not.toBe(first.run);
    });

    test('a run that goes on says so, and what it was started with', async () => {
      const { port, runs, input } = await make();
      const { run } = await port.start('deployment', 'shop-r1', input);
      const found = await runs.find('deployment', 'shop-r1');
      expect(found).toMatchObject({ executionArn: run, name: 'shop-r1', status: 'RUNNING' });
      expect(JSON.parse(found?.input ?? '')).toEqual(input);
    });

    test('a run that was stopped says so', async () => {
      const { port, runs, input, end } = await make();
      const { run } = await port.start('deployment', 'shop-r1', input);
      await end(run);
      expect(await runs.find('deployment', 'shop-r1')).toMatchObject({ executionArn: run, status: 'ABORTED' });
    });

    test('a run that there never was is not known', async () => {
      const { runs } = await make();
      expect(await runs.find('deployment', 'shop-never')).toBeUndefined();
    });
  });
};
