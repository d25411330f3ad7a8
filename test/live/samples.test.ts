import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { twinCatalogs } from '../../cli/twin/catalog.ts';
import { Behaviour } from '../../twin/live/images/image-content.ts';
import { samples } from '../../twin/live/images/samples.ts';
import { serveProgram } from '../../twin/live/pod/program.ts';
import { send } from '../../twin/live/process/http.ts';

const { services } = await twinCatalogs.current();

test.each(services)(
  '$name is tried at a path where a bad image shows, with no user about',
  async ({ name, smokePath }) => {
    const spec = {
      pod: 'p',
      service: name,
      slot: 'blue',
      digest: `sha256:${'a'.repeat(64)}`,
      generation: 1,
      ordinal: 0,
    } as const;
    const behaviour = v.parse(Behaviour, samples['errors-100'].behaviour);
    const server = serveProgram({ spec, behaviour, items: async () => [], crash() {} }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { status } = await send({ port, path: smokePath, timeoutMs: 5000 });
    server.closeAllConnections();
    server.close();
    expect(status).toBe(500);
  },
);
