/** Jest transformer: TypeScript by type stripping, the same way Node runs it, so tests and product share one loader. */
import { stripTypeScriptTypes } from 'node:module';

export default {
  process: (source, path) => ({ code: path.endsWith('.ts') ? stripTypeScriptTypes(source) : source }),
};
