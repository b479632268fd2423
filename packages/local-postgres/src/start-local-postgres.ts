import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { ensureCluster, layout, USER } from './cluster.ts'
import { LocalPostgresError } from './local-postgres-error.ts'
import { clearOrphans, findServer } from './running-server.ts'
import { type Server, startServer, stopServer } from './server-process.ts'
import { unprivilegedLauncher } from './unprivileged.ts'

export interface LocalPostgresOptions {
  /** Folder that holds the cluster, its password and its log; made when absent. */
  dataDir: string
  /** TCP port on 127.0.0.1; a free one is picked when omitted. */
  port?: number
  /** Receives one Chinese line per notable step. */
  log?: (line: string) => void
  /** Server settings, as in postgresql.conf; fsync stays on unless switched off here. */
  settings?: Record<string, string | number>
  /** Called once when the server keeps dying and is given up. */
  onFailure?: (error: Error) => void
}

export interface LocalPostgres {
  /** Connection string of the database `tongxin`, password included. */
  readonly url: string
  readonly port: number
  /** The present server process; it changes when a killed server was started again. */
  readonly pid: number
  /** Fast shutdown: open transactions are rolled back, committed ones are safe. Resolves when no process is left. */
  stop(): Promise<void>
}

const DATABASE = 'tongxin'
const LOG_LIMIT_BYTES = 10_000_000
const RESTARTS_PER_MINUTE = 5

const defaults = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  random_page_cost: 1.1,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
}

/** Starts PostgreSQL over a data folder, recovering first from whatever an earlier `kill -9` left there. */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const log = options.log ?? (() => {})
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(options.dataDir)
  const files = layout(dataDir)
  const launcher = unprivilegedLauncher()
  launcher.handOver(dataDir)
  if (existsSync(files.cluster)) await clearOrphans(files.cluster, files.supervisor, log)
  const settings: Record<string, string | number> = { ...defaults, ...options.settings }
  const created = await ensureCluster(dataDir, launcher, { sync: settings.fsync !== 'off' })
  if (created) log('已创建数据库目录')

  writeFileSync(files.supervisor, String(process.pid))
  if (existsSync(files.log) && statSync(files.log).size > LOG_LIMIT_BYTES) truncateSync(files.log)

  let server: Server
  let stopping: Promise<void> | undefined
  const restarts: number[] = []

  async function launch(port?: number): Promise<Server> {
    const started = await startServer({ files, settings, launcher }, port)
    started.child.once('exit', () => void restart(started.port))
    return started
  }

  // The pool's connections fail and come back; without this, one killed process would end the service.
  async function restart(port: number): Promise<void> {
    if (stopping) return
    const now = performance.now()
    restarts.push(now)
    if (restarts.filter((at) => now - at < 60_000).length > RESTARTS_PER_MINUTE) {
      options.onFailure?.(
        new LocalPostgresError(`数据库反复退出，已放弃重启，见 ${files.log}。The database keeps exiting; see its log.`),
      )
      return
    }
    log('数据库进程意外退出，正在重新启动……')
    try {
      await clearOrphans(files.cluster, files.supervisor, log)
      if (stopping) return
      server = await launch(port)
      if (stopping) await stopServer(server)
      else log('数据库已重新启动')
    } catch (error) {
      options.onFailure?.(error as Error)
    }
  }

  server = await launch(options.port)
  const password = readFileSync(files.password, 'utf8')
  const url = `postgresql://${USER}:${password}@127.0.0.1:${server.port}/${DATABASE}`
  await ensureDatabase(url)

  return {
    url,
    port: server.port,
    get pid() {
      return server.child.pid as number
    },
    stop() {
      stopping ??= stopServer(server)
      return stopping
    },
  }
}

/** Connection string of the server that another live program runs over this data folder, or null. */
export function findLocalPostgres(dataDir: string): string | null {
  if (!existsSync(layout(dataDir).cluster)) return null
  const files = layout(realpathSync(dataDir))
  const server = findServer(files.cluster, files.supervisor)
  if (!server?.supervised || !server.ready) return null
  return `postgresql://${USER}:${readFileSync(files.password, 'utf8')}@127.0.0.1:${server.port}/${DATABASE}`
}

/** For commands that may run beside the service: joins the server it runs, else starts one for the while. */
export async function openLocalPostgres(options: LocalPostgresOptions): Promise<Pick<LocalPostgres, 'url' | 'stop'>> {
  const url = findLocalPostgres(options.dataDir)
  return url ? { url, stop: async () => {} } : startLocalPostgres(options)
}

async function ensureDatabase(url: string): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
