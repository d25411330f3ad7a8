import type { ControlPlane } from '../control-plane/control-plane.ts';
import { exitCodes } from '../exit-codes.ts';
import { assertService } from '../input/checked.ts';
import { assertDatabase } from '../input/database.ts';
import type { Style } from '../output/style.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { type LimitOptions, limitOption } from './limit.ts';

/** `rows`: what they are called, in the JSON document too. `table` is empty when there are none. */
type Listing<Row> = {
  name: string;
  summary: string;
  of: 'service' | 'database';
  rows: string;
  read(ports: ControlPlane['ports'], of: string, limit: number): Promise<Row[]>;
  table(rows: readonly Row[], style: Style): string;
};

const asserts = { service: assertService, database: assertDatabase };
const someName = { service: 'mcp-manager', database: 'mcp-ui' };

/** A command that lists what there is of one service or database, newest first. */
export const listingCommand =
  <Row>({ name, summary, of, rows, read, table }: Listing<Row>): Registration =>
  (host, finish) =>
    newCommand({
      name,
      summary,
      examples: [`${name} ${someName[of]}`, `${name} ${someName[of]} --limit 50 --json`],
    })
      .argument(`<${of}>`, `a ${of} of the catalog`)
      .option(...limitOption)
      .action(async (asked: string, options: CommonOptions & LimitOptions) => {
        const { output, plane } = contextOf(host, options);
        const { ports } = await plane();
        await asserts[of](ports, asked);
        const found = await read(ports, asked, options.limit);
        output.result({ [of]: asked, [rows]: found }, table(found, output.style) || `${asked} has no ${rows} yet`);
        finish(exitCodes.ok);
      });
