import { exitCodes } from '../exit-codes.ts';
import { requestReconcile } from '../operations/reconcile.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { type AskerOptions, asOption, requestIdOption, wishOf } from './wish.ts';

/** Exit code: 0 when the wish was taken. */
export const reconcileCommand: Registration = (host, finish) =>
  newCommand({
    name: 'reconcile',
    summary: 'look now for what was lost, and make it good; it is done every five minutes by itself',
    examples: ['reconcile'],
  })
    .option(...asOption)
    .option(...requestIdOption)
    .action(async ({ as, requestId, ...options }: CommonOptions & AskerOptions) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const asker: AskerOptions = { ...(as && { as }), ...(requestId && { requestId }) };
      const wish = await requestReconcile(plane, wishOf(host, plane, asker));
      context.output.result(
        { type: 'reconciling', ...wish },
        `${wish.name} looks for what was lost; what it finds is in the ledger`,
      );
      finish(exitCodes.ok);
    });
