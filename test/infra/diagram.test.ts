import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { documentFile, drawn, withDiagram } from '../../scripts/infra/terraform/diagram.ts';

test('the diagram of docs/infrastructure.md is what the modules are (else: node scripts/infra/terraform/diagram.ts)', async () => {
  const document = await readFile(documentFile, 'utf8');
  expect(withDiagram(document, await drawn())).toBe(document);
});

test('every module is in the diagram, and what it makes', async () => {
  const diagram = await drawn();
  expect(diagram).toMatch(/database\["<b>database<\/b>.*db instance/);
  expect(diagram).toContain('network --> database');
});
