import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that does not exist yet: the twin makes it with the rights that it needs, which `mkdtemp` would not. */
export const newState = (purpose: string): string => join(tmpdir(), `evenkeel-${purpose}-${randomUUID().slice(0, 8)}`);
