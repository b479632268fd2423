import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { layout } from './cluster.ts'
import { clearOrphans, isAlive } from './running-server.ts'
import { type LocalPostgres, startLocalPostgres } from './start-local-postgres.ts'

const PREFIX = 'tongxin-postgres-'
const NEEDED_BYTES = 1_000_000_000

/** A throw-away server without durability, in memory where the system has room there; `stop()` removes its folder. */
export async function startTestPostgres(settings: Record<string, string | number> = {}): Promise<LocalPostgres> {
  const parent = fastFolder()
  await sweep(parent)
  const dataDir = mkdtempSync(path.join(parent, PREFIX))
  writeFileSync(layout(dataDir).supervisor, String(process.pid))
  const server = await startLocalPostgres({
    dataDir,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: 0,
      max_connections: 300,
      autovacuum: 'off',
      unix_socket_directories: dataDir,
      ...settings,
    },
  })
  // Through the folder instead of the network a statement takes three quarters of the time.
  const url = new URL(server.url)
  url.searchParams.set('host', dataDir)
  return {
    url: url.href,
    port: server.port,
    pid: server.pid,
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function fastFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > NEEDED_BYTES ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}

// A test run that was killed leaves its server and its folder in memory; the next run clears them away.
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = path.join(parent, name)
    const { cluster, supervisor } = layout(dataDir)
    if (!existsSync(supervisor) || isAlive(Number(readFileSync(supervisor, 'utf8')))) continue
    if (existsSync(cluster)) await clearOrphans(cluster, supervisor, () => {})
    rmSync(dataDir, { recursive: true, force: true })
  }
}
