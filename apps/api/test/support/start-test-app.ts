import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@tongxin/lifecycle'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { buildApp, type Feature } from '../../src/app.ts'
import { type Config, loadConfig } from '../../src/config.ts'
import { closeDeps, createDeps } from '../../src/create-deps.ts'
import type { Deps } from '../../src/deps.ts'
import { issueAccessToken, openSession } from '../../src/features/sessions/index.ts'
import { createLogger } from '../../src/logger.ts'
import { createFolderStorage } from '../../src/storage/folder-storage.ts'
import { type Caller, createCaller } from './caller.ts'
import { createTestDatabase } from './database.ts'
import { runDueJobs } from './due-jobs.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { aPerson, type PersonSettings, type TestPerson } from './people.ts'

export interface SentMessage {
  phone: string
  text: string
}

export interface TestApp {
  app: FastifyInstance
  /** Where it listens. */
  base: string
  deps: Deps
  clock: FakeClock
  databaseUrl: string
  /** Messages handed to the SMS gateway so far. */
  sent: SentMessage[]
  nobody: Caller
  aPerson(settings?: PersonSettings): Promise<TestPerson>
  /** Signed in as this person, or as a new one with this role in the reference community. */
  as(person: TestPerson | { id: string } | Role): Promise<Caller>
  runDueJobs(): Promise<string[]>
  close(): Promise<void>
}

export interface TestAppSettings {
  config?: Partial<Config>
  deps?: Partial<Deps>
  start?: string
  /** How much later it is each time somebody looks at the clock. */
  tick?: number
  /** Begins as a copy of this database and data folder. */
  copyOf?: { template: string; folder: string }
  /** Routes beside the product's own. */
  features?: Feature[]
}

export const testStorage = (folder: string) => createFolderStorage(join(folder, 'files'))
export const testConfig = (folder: string): Config =>
  loadConfig({ NODE_ENV: 'test', DATA_DIR: folder, LOG_LEVEL: 'silent' })

/** The whole application on a database of its own, with a clock that stands still until told otherwise. */
export async function startTestApp(settings: TestAppSettings = {}): Promise<TestApp> {
  const database = await createTestDatabase(settings.copyOf?.template)
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-test-'))
  if (settings.copyOf) cpSync(settings.copyOf.folder, folder, { recursive: true })
  const clock = createFakeClock(settings.start, settings.tick)
  const sent: SentMessage[] = []
  const config = {
    ...testConfig(folder),
    hallRoot: join(folder, 'hall'),
    adminRoot: join(folder, 'admin'),
    ...settings.config,
  }
  const deps: Deps = {
    ...createDeps(config, {
      databaseUrl: database.url,
      clock,
      storage: testStorage(folder),
      sms: { send: async (phone, text) => void sent.push({ phone, text }) },
      logger: createLogger(config.logLevel),
    }),
    ...settings.deps,
  }
  const app = await buildApp(deps)
  for (const feature of settings.features ?? []) await app.register(async (scope) => feature(scope, deps))
  const base = await app.listen({ host: '127.0.0.1', port: 0 })

  const as: TestApp['as'] = async (who) => {
    const person = typeof who === 'string' ? await aPerson(deps, { role: who }) : who
    const session = await openSession(deps.db, person.id, 'password', clock.now())
    const { accessToken } = issueAccessToken(app, session, clock.now())
    return createCaller(base, person.id, accessToken)
  }

  return {
    app,
    base,
    deps,
    clock,
    databaseUrl: database.url,
    sent,
    nobody: createCaller(base, null, null),
    aPerson: (person) => aPerson(deps, person),
    as,
    runDueJobs: () => runDueJobs(deps),
    close: async () => {
      await app.close()
      await closeDeps(deps)
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** For a single test; closed when it ends. */
export async function testApp(settings: TestAppSettings = {}): Promise<TestApp> {
  const started = await startTestApp(settings)
  onTestFinished(started.close)
  return started
}
