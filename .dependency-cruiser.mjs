const tests = '\\.(test|suite)\\.tsx?$|/testing/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-a-leaf',
      comment: 'shared/ runs in the browser and on the server: no I/O, nothing above it.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: tests },
      to: { pathNot: ['^src/shared/', '^node_modules/zod/'] },
    },
    {
      name: 'web-and-server-never-meet',
      severity: 'error',
      from: { path: '^src/(web|server)/' },
      to: { path: '^src/(web|server)/', pathNot: '^src/$1/' },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/(web|server)/features/([^/]+)/', pathNot: tests },
      to: { path: '^src/$1/features/', pathNot: '^src/$1/features/$2/' },
    },
    {
      name: 'features-do-not-import-the-app',
      severity: 'error',
      from: {
        path: '^src/(web|server)/(features|engines|kubernetes|platform|ui|lib)/',
        pathNot: tests,
      },
      to: { path: '^src/(web/app|web/main|server/(app|main|start))' },
    },
    {
      name: 'foundations-do-not-import-features',
      severity: 'error',
      from: { path: '^src/(server/(platform|kubernetes|engines)|web/(ui|lib))/', pathNot: tests },
      to: { path: '^src/(web|server)/features/' },
    },
    {
      name: 'platform-knows-no-cluster',
      severity: 'error',
      from: { path: '^src/server/platform/', pathNot: tests },
      to: { path: '^src/server/(kubernetes|engines|features)/' },
    },
    {
      name: 'kubernetes-knows-no-backup',
      severity: 'error',
      from: { path: '^src/server/kubernetes/', pathNot: tests },
      to: { path: '^src/server/(engines|features)/' },
    },
    {
      name: 'the-sandbox-stands-alone',
      comment: 'It plays the other side: the client must not share its code.',
      severity: 'error',
      from: { path: '^(src/sandbox|testbed)/', pathNot: tests },
      to: { path: '^src/(server|cli|web)/' },
    },
    {
      name: 'sql-only-in-repositories',
      severity: 'error',
      from: {
        path: '^src/server/',
        pathNot: ['\\.repository\\.ts$', '^src/server/platform/', tests],
      },
      to: { path: '^node_modules/(kysely|better-sqlite3|pg)/' },
    },
    {
      name: 'models-are-pure',
      comment: '*.models.ts holds plain functions: only shared/, types and other models.',
      severity: 'error',
      from: { path: '\\.models\\.ts$' },
      to: {
        pathNot: [
          '^src/shared/',
          '\\.(models|types|errors)\\.ts$',
          '^node_modules/(zod|fast-json-patch)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: [tests, '^(testbed|e2e|bench|scenario)/'] },
    },
    {
      name: 'browser-tests-see-what-people-see',
      comment: 'They meet the built server from outside; only the contract is shared.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^src/(server|web|cli)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
