const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** The suffix of a spec says what it needs: nothing, a database or broker, the whole running system, or minutes of it. */
export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.spec.ts'], testPathIgnorePatterns: ['\\.(int|e2e|long)\\.spec\\.ts$', '/node_modules/'] },
    { ...shared, displayName: 'int', testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.int.spec.ts'], globalSetup: '<rootDir>/test/servers-up.mjs', globalTeardown: '<rootDir>/test/servers-down.mjs' },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e.spec.ts'] },
    { ...shared, displayName: 'long', testMatch: ['<rootDir>/test/**/*.long.spec.ts'] },
  ],
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/tools/reporter.mjs'],
};
