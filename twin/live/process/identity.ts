import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Role } from './paths.ts';

const hasProc = existsSync('/proc/self/cmdline');

const fromProc = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

const fromPs = (pid: number): string => {
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
};

/** The command line of a running process; empty once it ended (also while it waits, ended, for its parent). */
const commandOf = hasProc ? fromProc : fromPs;

/**
 * Is `pid` the process that was started with the argument `mark`? Numbers are used again after a process ends,
 * so a number alone never says whom a signal would hit.
 */
export const isProcess = (pid: number, mark: string): boolean => `${commandOf(pid).trimEnd()} `.includes(`${mark} `);

/** Signals the process only when it is the one that is meant; says whether it still was there. */
export const signalProcess = (pid: number, mark: string, signal: NodeJS.Signals): boolean => {
  if (!isProcess(pid, mark)) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
};

const pids = (): number[] =>
  (hasProc ? readdirSync('/proc') : execFileSync('ps', ['-axo', 'pid='], { encoding: 'utf8' }).split('\n'))
    .map(Number)
    .filter((pid) => pid > 0);

/** Every process with this text on its command line, also one that had no time yet to say who it is. */
export const processesWith = (text: string): number[] => pids().filter((pid) => commandOf(pid).includes(text));

/** On the command line of each process of a world: which part of which world it is. */
export const markOf = (stateDir: string, part: Role | 'pod' | 'work'): string => `--evenkeel=${part}:${stateDir}`;
