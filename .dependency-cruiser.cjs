/** The import rules of docs/design.md section "Layout". A broken rule fails `npm test`. */
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule('no-circular', 'A circle hides which layer decides.', {}, { circular: true }),
    rule(
      'domain-is-pure',
      'Decisions know data, not ports, clocks or SDKs.',
      { path: '^lib/domain' },
      { pathNot: '^(lib/(domain|contracts)|(node:)?crypto$)' },
    ),
    rule(
      'contracts-are-leaves',
      'Contracts are shapes; only the schema library may help.',
      { path: '^lib/contracts' },
      { pathNot: '^(lib/contracts|node_modules/valibot)' },
    ),
    rule(
      'ports-speak-our-words',
      'A port imports contracts only.',
      { path: '^lib/ports' },
      { pathNot: '^lib/(ports|contracts)' },
    ),
    rule(
      'lib-knows-no-host',
      'lib and functions run anywhere.',
      { path: '^(lib|functions)' },
      { path: '^(twin|cli|console|test|bench|scripts|serverless)' },
    ),
    rule(
      'sdk-in-adapters-only',
      'Only adapters know an SDK.',
      { path: '^(lib|functions)', pathNot: '^lib/adapters' },
      { path: 'node_modules/(@aws-sdk|@smithy|@kubernetes|@slack)' },
    ),
    rule(
      'lib-never-imports-functions',
      'Steps use the library, not the other way round.',
      { path: '^lib' },
      { path: '^functions' },
    ),
    rule(
      'engine-stands-alone',
      'The engine knows the language, not Evenkeel.',
      { path: '^twin/engine' },
      { path: '^(lib|functions|cli|twin/(model|live|prove|server|bus))' },
    ),
    rule(
      'no-orphans',
      'Delete what nobody uses.',
      { orphan: true, pathNot: '(^\\.|\\.(config|d)\\.|^test|^bench|^scripts)' },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
