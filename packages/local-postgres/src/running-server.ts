import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LocalPostgresError } from './local-postgres-error.ts'

/** What PostgreSQL itself writes into postmaster.pid. */
export interface LockFile {
  pid: number
  port: number
  ready: boolean
}

export function readLockFile(cluster: string): LockFile | null {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : null
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Polls until the condition holds; false when it did not within `ms`. */
export async function waitUntil(condition: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms
  while (!condition()) {
    if (performance.now() > end) return false
    await delay(15)
  }
  return true
}

// A pid alone proves nothing: the number may long belong to somebody else. Every PostgreSQL process stands in its data
// folder, so program plus working folder identify it.
function isPostgresIn(cluster: string, pid: number): boolean {
  const real = realpathSync(cluster)
  try {
    if (process.platform === 'linux') {
      const program = path.basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''))
      return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === real
    }
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres') && (command.includes(` -D ${cluster}`) || command.includes(` -D ${real}`))
  } catch {
    return false
  }
}

function parentOf(pid: number): number | null {
  try {
    if (process.platform === 'linux') {
      return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    }
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }))
  } catch {
    return null
  }
}

/** The live server over this data folder, or null. `supervised` is false once the process that started it is gone. */
export function findServer(cluster: string, supervisorFile: string): (LockFile & { supervised: boolean }) | null {
  const lock = readLockFile(cluster)
  if (!lock || !isPostgresIn(cluster, lock.pid)) return null
  // The kernel gives an orphan a new parent at once, so a server whose parent is still the recorded one is looked after.
  const recorded = existsSync(supervisorFile) ? Number(readFileSync(supervisorFile, 'utf8')) : Number.NaN
  return { ...lock, supervised: parentOf(lock.pid) === recorded }
}

/** Processes that a killed postmaster left in this data folder. Known on Linux; elsewhere PostgreSQL's own check serves. */
function backendsIn(cluster: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isPostgresIn(cluster, pid))
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * Frees a data folder from what a `kill -9` left: a server without its supervisor is shut down, stray backends end,
 * a lock file whose number now belongs to another program goes. Throws when a supervised server is at work there.
 */
export async function clearOrphans(
  cluster: string,
  supervisorFile: string,
  log: (line: string) => void,
): Promise<void> {
  const server = findServer(cluster, supervisorFile)
  if (server?.supervised) {
    throw new LocalPostgresError(
      `数据目录 ${cluster} 正由另一个运行中的程序使用（进程 ${server.pid}）。请先停止它，或换一个 DATA_DIR。` +
        ` Another running program uses this data folder (process ${server.pid}): stop it, or choose another DATA_DIR.`,
    )
  }
  if (server) {
    log(`发现上次异常退出遗留的数据库进程 ${server.pid}，正在停止……`)
    for (const [name, ms] of [
      ['SIGINT', 8000],
      ['SIGQUIT', 4000],
      ['SIGKILL', 2000],
    ] as const) {
      signal(server.pid, name)
      if (await waitUntil(() => !isPostgresIn(cluster, server.pid), ms)) break
    }
  }
  if (!(await waitUntil(() => backendsIn(cluster).length === 0, 4000))) {
    for (const pid of backendsIn(cluster)) signal(pid, 'SIGKILL')
    await waitUntil(() => backendsIn(cluster).length === 0, 2000)
  }
  const left = readLockFile(cluster)
  if (left && isAlive(left.pid) && !isPostgresIn(cluster, left.pid)) rmSync(path.join(cluster, 'postmaster.pid'))
}
