// The directions of docs/architecture.md, as rules. A file that is only there for tests may know more.
const TEST = '\\.test\\.ts$|^apps/[^/]+/test/|^tests/'
const library = (...names) => `node_modules/(${names.join('|')})/`

/** A package may reach the workspace packages named here, and no other. */
const reachesOnly = (name, allowed) => ({
  name: `${name}-reaches-only-${allowed.join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: `^packages/${name}/` },
  to: { path: '^(packages|apps|tests)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
})

/** One feature enters another by its front door. */
const frontDoors = (app) => ({
  name: `${app}-features-meet-at-index`,
  severity: 'error',
  from: { path: `^apps/${app}/src/features/([^/]+)/` },
  to: {
    path: `^apps/${app}/src/features/[^/]+/`,
    pathNot: [`^apps/${app}/src/features/$1/`, `^apps/${app}/src/features/[^/]+/index\\.ts$`],
  },
})

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other at run time are one file, or lack a third. Type-only imports vanish.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    reachesOnly('lifecycle', []),
    reachesOnly('evidence', []),
    reachesOnly('local-postgres', []),
    reachesOnly('opinion', []),
    reachesOnly('contract', ['lifecycle']),
    reachesOnly('client', ['contract', 'lifecycle']),
    reachesOnly('web', ['client', 'contract', 'lifecycle']),
    {
      name: 'lifecycle-is-pure',
      comment: 'No library and no input or output: the same question has the same answer, in the browser too.',
      severity: 'error',
      from: { path: '^packages/lifecycle/src', pathNot: TEST },
      to: { pathNot: '^packages/lifecycle/' },
    },
    {
      name: 'opinion-is-pure',
      comment: 'Computation alone: it runs in a thread of its own, and anywhere else.',
      severity: 'error',
      from: { path: '^packages/opinion/src', pathNot: TEST },
      to: { pathNot: '^packages/opinion/' },
    },
    {
      name: 'apps-do-not-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'web-apps-speak-through-the-client',
      severity: 'error',
      from: { path: '^apps/(admin|hall)/' },
      to: { path: '^packages/', pathNot: '^packages/(web|client|contract|lifecycle)/' },
    },
    {
      name: 'only-the-api-knows-the-database',
      severity: 'error',
      from: { path: '^(apps|packages|tests)/', pathNot: '^(apps/api|packages/local-postgres|tests)/' },
      to: { path: library('pg', '@types/pg', 'pg-copy-streams', 'drizzle-orm', 'graphile-worker') },
    },
    {
      name: 'only-the-api-knows-drizzle',
      severity: 'error',
      from: { path: '^(apps|packages|tests)/', pathNot: '^apps/api/' },
      to: { path: library('drizzle-orm', 'drizzle-kit', 'graphile-worker') },
    },
    frontDoors('api'),
    frontDoors('admin'),
    {
      name: 'web-apps-bring-no-schemas',
      comment: 'Types cost nothing; values of the contract are taken from its words, or every page brings all schemas.',
      severity: 'error',
      from: { path: '^(apps/(admin|hall)|packages/(web|client))/src/', pathNot: TEST },
      to: {
        path: '^packages/contract/src/',
        pathNot: '^packages/contract/src/(words|request|features/council/ballot-message)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-are-for-the-router',
      comment: 'What leads to a page must not bring its feature with it: the first page is loaded by itself.',
      severity: 'error',
      from: { path: '^apps/admin/', pathNot: '^apps/admin/src/router\\.ts$' },
      to: { path: '^apps/admin/src/features/[^/]+/pages\\.ts$' },
    },
    frontDoors('hall'),
    {
      name: 'issues-know-no-other-stage',
      comment: 'What the stages know and do is handed to issues in app.ts as a map from action to facts and effects.',
      severity: 'error',
      from: { path: '^apps/api/src/features/issues/', pathNot: TEST },
      to: { path: '^apps/api/src/features/(council|office|evaluation|notifications|statistics|exports|imports)/' },
    },
    {
      name: 'tests-stay-out-of-the-product',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: TEST },
      to: { path: TEST },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.json', '.d.ts'],
    },
  },
}
