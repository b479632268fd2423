import { mkdirSync } from 'node:fs'
import { closeDeps, createDeps } from '../../src/create-deps.ts'
import { seedDemo } from '../../src/demo/index.ts'
import { systemClock } from '../../src/deps.ts'
import { createLogger } from '../../src/logger.ts'
import { ensureFilled } from './database.ts'
import { startTestApp, type TestApp, type TestAppSettings, testConfig, testStorage } from './start-test-app.ts'

const TEMPLATE = 'template_demo'

/** Filled once in a run: it takes seconds, and every test file would fill it the same. */
async function ensureDemo(demoPassword: string): Promise<{ template: string; folder: string }> {
  const folder = process.env.TEST_DEMO_FOLDER
  if (!folder) throw new Error('TEST_DEMO_FOLDER is not set: run through vitest, whose global set-up makes it')
  const template = await ensureFilled(TEMPLATE, async (databaseUrl) => {
    mkdirSync(folder, { recursive: true })
    const config = { ...testConfig(folder), demoPassword }
    const deps = createDeps(config, {
      databaseUrl,
      clock: systemClock,
      storage: testStorage(folder),
      sms: { send: async () => {} },
      logger: createLogger(config.logLevel),
    })
    await seedDemo(deps)
    await closeDeps(deps)
  })
  return { template, folder }
}

/** The application with the demo community, as an instance is some minutes after its first start. */
export async function startDemoApp(settings: TestAppSettings, demoPassword: string): Promise<TestApp> {
  const copyOf = await ensureDemo(demoPassword)
  return startTestApp({
    start: new Date().toISOString(),
    ...settings,
    copyOf,
    config: { ...settings.config, demoPassword },
  })
}
