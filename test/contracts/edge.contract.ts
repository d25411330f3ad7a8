import { describe, expect, test } from '@jest/globals';
import type { Edge, Schedules } from '../../lib/ports/edge.ts';
import { failure } from './good.ts';

export type EdgeWorld = { port: Edge; distribution: string; purges(): Promise<number> };

export const describeEdge = (name: string, make: () => Promise<EdgeWorld>): void => {
  describe(`Edge: ${name}`, () => {
    test('a path is purged once for each stamp', async () => {
      const { port, distribution, purges } = await make();
      await port.purge(distribution, '/news/*', 'remedy-1-0');
      await port.purge(distribution, '/news/*', 'remedy-1-0');
      expect(await purges()).toBe(1);
      await port.purge(distribution, '/news/*', 'remedy-2-0');
      expect(await purges()).toBe(2);
    });

    test('a distribution that is not there is refused', async () => {
      const { port } = await make();
      await expect(port.purge('ENOBODY', '/', 'remedy-1-0')).rejects.toEqual(failure('ActionImpossible'));
    });
  });
};

export type SchedulesWorld = { port: Schedules; schedule: string; isPaused(): Promise<boolean> };

export const describeSchedules = (name: string, make: () => Promise<SchedulesWorld>): void => {
  describe(`Schedules: ${name}`, () => {
    test('a schedule is paused, and stays so', async () => {
      const { port, schedule, isPaused } = await make();
      expect(await isPaused()).toBe(false);
      await port.pause(schedule);
      await port.pause(schedule);
      expect(await isPaused()).toBe(true);
    });

    test('one that is not there is refused', async () => {
      const { port } = await make();
      await expect(port.pause('nobody')).rejects.toEqual(failure('ActionImpossible'));
    });
  });
};
