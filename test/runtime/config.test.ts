import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parseConfig, setting } from '../../lib/runtime/config.ts';

const shape = { TABLE: setting, LIMIT: v.pipe(setting, v.regex(/^\d+$/, 'expected a whole number')) };

const problemsWith = (environment: Record<string, string | undefined>): unknown => {
  try {
    return parseConfig(shape, environment);
  } catch (error) {
    return error;
  }
};

describe('configuration', () => {
  test('is what the shape names, and nothing else of the environment', () => {
    expect(parseConfig(shape, { TABLE: 'control', LIMIT: '3', HOME: '/root' })).toEqual({
      TABLE: 'control',
      LIMIT: '3',
    });
  });
  test('reports every problem at once', () => {
    expect(problemsWith({ LIMIT: 'three' })).toMatchObject({
      name: 'ConfigInvalid',
      data: {
        problems: [
          'TABLE: expected a value, the variable is not set, got undefined',
          'LIMIT: expected a whole number, got three',
        ],
      },
    });
  });
  test('takes an empty value for a missing one', () => {
    expect(problemsWith({ TABLE: '', LIMIT: '3' })).toMatchObject({
      message: 'configuration: TABLE: expected a value, the variable is empty, got ',
    });
  });
});
