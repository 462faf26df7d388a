/** The tests of the engine alone, for `npm run mutation`: no database, so that thousands of runs take minutes. */
import everything from './jest.config.js';

const { testEnvironment, extensionsToTreatAsEsm, transform } = everything;

export default {
  ...{ testEnvironment, extensionsToTreatAsEsm, transform },
  testMatch: ['<rootDir>/test/domain/{subsidy*,forecast,rent*,money,capacity,lease-months}.test.ts'],
};
