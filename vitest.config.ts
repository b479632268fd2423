import { defineConfig } from 'vitest/config'

const globalSetup = ['./vitest.postgres.ts']

export default defineConfig({
  test: {
    hookTimeout: 60_000,
    testTimeout: 30_000,
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
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup,
          // Each file has a service, a database and a browser of its own, and waits for them most of the time.
          maxWorkers: 2,
          testTimeout: 180_000,
        },
      },
    ],
  },
})
