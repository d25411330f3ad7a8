import { expect, test } from '@jest/globals';
import { readText } from '../support/sources.ts';
import { bundledFiles } from './bundled-commands.ts';

const direct = Object.keys(JSON.parse(readText('package.json')).dependencies);
const packageIn = /node_modules\/((?:@[\w-]+\/)?[\w.-]+)\/(?!.*node_modules\/)/;

test('docs/dependencies.md lists as in the functions exactly what their bundles contain', async () => {
  const [, section = ''] = readText('docs/dependencies.md').split(/^## /m);
  const listed = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  const bundled = [...(await bundledFiles()).values()].flat().map((file) => packageIn.exec(file)?.[1]);
  expect(listed.sort()).toEqual(direct.filter((name) => bundled.includes(name)).sort());
}, 300_000);
