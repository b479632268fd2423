import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { openLocalPostgres, startLocalPostgres } from '@tongxin/local-postgres'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { limitedSms, printingSms, refusingSms } from './channels/sms.ts'
import { type Config, ConfigError } from './config.ts'
import { closeDeps, createDeps } from './create-deps.ts'
import { migrate } from './db/migrate.ts'
import { type DemoAccount, findDemoAccounts, seedDemo } from './demo/index.ts'
import { systemClock } from './deps.ts'
import { startWorker } from './jobs/worker.ts'
import { createLogger } from './logger.ts'
import { createFolderStorage } from './storage/folder-storage.ts'

export interface Parts {
  http: boolean
  worker: boolean
}

export interface Service {
  /** Resolves when everything listens and works; rejects when something could not be started. */
  ready: Promise<{ address: string | null; demoAccounts: DemoAccount[] }>
  /** Lets requests and jobs in hand finish, then closes the database. Also while still starting. */
  stop(): Promise<void>
}

/**
 * Starts one process of the product: the database unless one is given, the schema, the demo community, the API, jobs.
 * @param say receives a Chinese line before every step that may take long
 * @param onFailure called when what was started cannot go on, such as a database that keeps dying
 */
export function startService(
  config: Config,
  parts: Parts,
  say: (line: string) => void,
  onFailure: (error: Error) => void,
): Service {
  const closers: (() => Promise<unknown>)[] = []
  let stopping: Promise<void> | undefined

  /** Remembers how to undo a step; undoes it at once when the stop came while it was under way. */
  async function opened<T>(made: Promise<T>, close: (it: T) => Promise<unknown>): Promise<T> {
    const it = await made
    if (stopping) {
      await close(it)
      throw new Error('stopped while starting')
    }
    closers.push(() => close(it))
    return it
  }

  async function start() {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    const databaseUrl = config.databaseUrl ?? (await openEmbedded())
    say('更新数据库结构')
    await migrate(databaseUrl)
    const clock = systemClock
    const deps = await opened(
      Promise.resolve(
        createDeps(config, {
          databaseUrl,
          clock,
          storage: createFolderStorage(path.join(config.dataDir, 'files')),
          sms: limitedSms(config.production ? refusingSms : printingSms(), clock),
          logger: createLogger(config.logLevel),
        }),
      ),
      closeDeps,
    )
    if (config.production) await refuseDemoAccounts(await findDemoAccounts(deps.db))
    else if (config.demoPassword) {
      say('准备演示社区')
      await seedDemo(deps)
    }
    if (parts.worker) {
      await opened(startWorker(deps, { connectionString: databaseUrl }), (worker) => worker.stop())
    }
    let address: string | null = null
    // The app opens the line on which other processes' changes are heard; without it we do.
    if (!parts.http) await deps.announcements.listen()
    else {
      const app = await opened(buildApp(deps), closeApp)
      address = await listen(app, config)
    }
    return { address, demoAccounts: config.demoPassword ? await findDemoAccounts(deps.db) : [] }
  }

  async function openEmbedded(): Promise<string> {
    say('启动内嵌数据库 PostgreSQL')
    const options = { dataDir: path.join(config.dataDir, 'postgres'), log: say, onFailure }
    // A worker of its own stands beside a service that runs the database already.
    const open = parts.http ? startLocalPostgres(options) : openLocalPostgres(options)
    const server = await opened(open, (it) => it.stop())
    return server.url
  }

  const ready = start()
  return {
    ready,
    stop() {
      stopping ??= (async () => {
        for (const close of closers.splice(0).reverse()) await close()
        await ready.catch(() => {})
      })()
      return stopping
    },
  }
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new ConfigError([`PORT：${port} 已被其他程序占用，请换一个端口。Port ${port} is in use: choose another.`])
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new ConfigError([`HOST：本机没有地址 ${host}。This machine has no address ${host}.`])
    }
    throw error
  }
}

/** A connection whose last request is answered after closing began would else be kept open for the next one. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
  await app.close()
  clearInterval(sweep)
}

async function refuseDemoAccounts(found: DemoAccount[]): Promise<void> {
  if (found.length === 0) return
  const names = found.map((account) => account.username).join('、')
  throw new ConfigError([
    `DATABASE_URL：库中有演示账号（${names}），生产环境须使用没有演示数据的新库。` +
      'This database holds demo accounts; production needs one without demo data.',
  ])
}
