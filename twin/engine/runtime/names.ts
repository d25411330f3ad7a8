import { createHash } from 'node:crypto';
import type { CallId } from '../core/execution.ts';

/** 1 to 80 characters, none of white space, brackets, wildcards, control characters, or what AWS calls special. */
const FORBIDDEN = /[\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]/u;

export const isName = (name: unknown): name is string =>
  typeof name === 'string' && name.length >= 1 && name.length <= 80 && !FORBIDDEN.test(name);

/** A name in the shape of a version 4 UUID, made from who starts the execution: starting it twice is starting it once. */
export function nameFor({ executionArn, thread, call }: CallId): string {
  const hex = createHash('sha256').update(`${executionArn}/${thread}/${call}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

export interface Account {
  readonly region: string;
  readonly accountId: string;
}

export const machineArn = ({ region, accountId }: Account, name: string) =>
  `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;

export const executionArn = (machine: string, name: string) =>
  `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
