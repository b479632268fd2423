import { defineConfig } from 'vitest/config'

const globalSetup = ['./vitest.postgres.ts']

export default defineConfig({
  test: {
    hookTimeout: 60_000,
    testTimeout: 30_000,
    // Nothing of one file is left behind for the next: its modules need not be loaded anew, a third of the whole time.
    isolate: false,
    // Every file has a database of its own and waits for it much of the time: one file per core, also where there are two.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'packages', include: ['packages/*/src/**/*.test.ts'] } },
      { extends: true, test: { name: 'web', include: ['apps/{admin,hall}/src/**/*.test.ts'] } },
      { extends: true, test: { name: 'api', include: ['apps/api/**/*.test.ts'], globalSetup } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/{deploy,conformance,faults,load,walks,deidentification}/**/*.test.ts'],
          globalSetup,
          // Whole services are started and stopped, some several times in one test.
          testTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup,
          testTimeout: 180_000,
          // A page is waited for as long whichever way it is looked at.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
