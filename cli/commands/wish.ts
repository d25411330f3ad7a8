import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Host } from '../host.ts';
import { newRequestId } from '../input/request-id.ts';
import type { Subject } from '../input/run-name.ts';
import { type CommonOptions, type Context, type Description, newCommand } from './command.ts';
import { followRun } from './follow-run.ts';

export type AskerOptions = { as?: string; requestId?: string };
export type WishOptions = CommonOptions & AskerOptions & { wait: boolean };

export const asOption = ['--as <actor>', 'who asks (default: the user of this machine)'] as const;
export const requestIdOption = [
  '--request-id <id>',
  'the same id twice is the same wish (default: a new one)',
] as const;

/** A command that asks for something, and follows it to its end unless it is told not to. */
export const wishCommand = (description: Description): Command =>
  newCommand(description)
    .option('--no-wait', 'return as soon as the wish was taken')
    .option(...asOption)
    .option(...requestIdOption);

/** Who asks, and under which id. */
export const wishOf = (host: Host, { ports }: ControlPlane, { as, requestId }: AskerOptions) => ({
  requestedBy: as ?? host.user(),
  requestId: requestId ?? newRequestId(ports.clock.now(), randomBytes(2).toString('hex')),
});

/** `does`: what the run of `subject` does, behind its name. */
type Taken = { subject: Subject; wish: object; does: string; options: WishOptions };

/** Tells that the wish was taken. Without `--no-wait` the exit code is that of its end. */
export const followWish = async (
  context: Context,
  { subject, wish, does, options: { wait } }: Taken,
): Promise<ExitCode> => {
  const { output } = context;
  const { name } = subject;
  output.event({ type: 'requested', ...wish }, `${output.style.bold(name)} ${does}`);
  if (wait) return followRun(context, subject);
  output.note(`Follow it with: evenkeel watch ${name}`);
  return exitCodes.ok;
};
