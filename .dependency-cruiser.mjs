/** The architecture, checked. A rule is changed by an ADR, not by an exception. */
export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/([^/]+)/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^apps/$1/src/$2/domain/', '^libs/(decider|calendar|restriction|retention)/'] },
    },
    {
      name: 'application-knows-no-adapter',
      severity: 'error',
      from: { path: '/application/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['/adapters/', 'node_modules/(typeorm|express|@nats-io)'] },
    },
    {
      name: 'services-meet-only-in-contracts',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'libs-know-no-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'pure-libs-import-nothing',
      severity: 'error',
      from: { path: '^libs/(access|decider|calendar|restriction|retention)/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/(access|decider|calendar|restriction|retention)/|node_modules/temporal-' },
    },
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      from: { path: '^libs/contracts/src', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/contracts/', 'node_modules/zod'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
