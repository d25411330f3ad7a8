import { CommanderError } from 'commander';
import { Failure } from '../../lib/contracts/failure.ts';
import type { Style } from './style.ts';

/** One clear sentence: our failures already name the field, what came and what is allowed. */
export const failureText = (error: unknown, style: Style): string => {
  const { name, message } = failureDocument(error).error;
  return `${style.red(name)}: ${message}`;
};

export const failureDocument = (error: unknown): { error: { name: string; message: string; data: object } } => {
  if (error instanceof Failure) return { error: { name: error.name, message: error.message, data: error.data } };
  if (error instanceof CommanderError) {
    return {
      error: { name: 'UsageInvalid', message: error.message.replace(/^error: /, '').replaceAll('\n', ' '), data: {} },
    };
  }
  if (error instanceof Error) return { error: { name: error.name, message: error.message, data: {} } };
  return { error: { name: 'Error', message: String(error), data: {} } };
};
