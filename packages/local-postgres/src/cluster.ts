import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findBinaries } from './binaries.ts'
import { LocalPostgresError } from './local-postgres-error.ts'
import type { Launcher } from './unprivileged.ts'

export const USER = 'tongxin'
const MAJOR = '18'

/** Where things lie inside a data folder. */
export const layout = (dataDir: string) => ({
  cluster: path.join(dataDir, 'cluster'),
  password: path.join(dataDir, 'password'),
  supervisor: path.join(dataDir, 'supervisor.pid'),
  log: path.join(dataDir, 'postgres.log'),
})

/** Creates the cluster unless it is there. A half-made one (power cut during initdb) is never taken for a whole one. */
export async function ensureCluster(dataDir: string, launcher: Launcher, options: { sync: boolean }): Promise<boolean> {
  const { cluster, password } = layout(dataDir)
  if (existsSync(cluster)) {
    const version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim()
    if (version === MAJOR) return false
    throw new LocalPostgresError(
      `${cluster} 属于 PostgreSQL ${version}，本程序需要 ${MAJOR}。请用旧版导出（pg_dump）后再导入。` +
        ` This data folder belongs to PostgreSQL ${version}, not ${MAJOR}: dump it with the old version and restore.`,
    )
  }
  const making = `${cluster}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { mode: 0o700 })
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  for (const file of [making, password]) launcher.handOver(file)
  await initdb(launcher, [
    ...['-D', making, '-U', USER, `--pwfile=${password}`, '--auth=scram-sha-256'],
    // ICU gives pinyin order; C.UTF-8 (not C) gives trigrams of Chinese text.
    ...['-E', 'UTF8', '--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--locale=C.UTF-8'],
    ...(options.sync ? [] : ['--no-sync']),
  ])
  renameSync(making, cluster)
  return true
}

function initdb(launcher: Launcher, args: string[]): Promise<void> {
  const { command, args: argv, uid, gid } = launcher.wrap(findBinaries().initdb, args)
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { uid, gid, env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new LocalPostgresError(`initdb 失败 (failed, ${code}): ${output}`)),
    )
  })
}

/** The server must not inherit PGDATA, PGPORT and the like, nor a locale that changes how it was created. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8' }
}
