/** Everything but the browser's tests (those: jest.e2e.config.js). */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
  globalSetup: '<rootDir>/test/fakes/global-setup.js',
  globalTeardown: '<rootDir>/test/fakes/global-teardown.js',
  testTimeout: 30_000,
  // jest would take one on two cores; the database beneath them has room for two.
  maxWorkers: 2,
};
