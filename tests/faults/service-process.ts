import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { NODE_FLAGS } from '../../scripts/bootstrap.mjs'

const SOURCES = path.resolve(import.meta.dirname, '../../apps/api/src')
// Started dozens of times in a run: what Node made of the sources the first time is taken up again, a sixth of a start.
const COMPILED = path.resolve(import.meta.dirname, '../../node_modules/.tongxin/compiled')

/** A part of the product as a process of its own, over its own data folder. */
export interface StartedProcess {
  process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Resolves with its exit code. */
  ended: Promise<number | null>
}

export interface ServiceProcess extends StartedProcess {
  base: string
  /** Process number of its PostgreSQL. */
  postgres(): number
}

/** Starts it and waits until it says so; rejects with its output when it ends before. */
async function startProcess(file: string, says: string, env: Record<string, string>): Promise<StartedProcess> {
  const child = spawn(process.execPath, [...NODE_FLAGS, path.join(SOURCES, file)], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        if (output.includes(says)) resolve()
      })
    }
    void ended.then((code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
  return { process: child, output: () => output, ended }
}

/** Starts the service. */
export async function startServiceProcess(dataDir: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const port = await freePort()
  const started = await startProcess('main.ts', '同心已启动', { DATA_DIR: dataDir, PORT: String(port), ...env })
  return {
    ...started,
    base: `http://127.0.0.1:${port}`,
    postgres: () => Number(readFileSync(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]),
  }
}

/** Starts a worker by itself, over a database that is there. */
export const startWorkerProcess = (dataDir: string, env: Record<string, string>): Promise<StartedProcess> =>
  startProcess('worker.ts', '同心后台任务已启动', { DATA_DIR: dataDir, ...env })

/** Below those that systems give to whoever connects: one of these may be taken again before the service listens on it. */
const PORTS = [12_000, 32_000] as const

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS)
    const probe = createServer().listen(port, '127.0.0.1')
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}

/** No program any more: gone, or dead and only waiting for its parent to take note. */
export function isGone(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return ['', 'Z'].includes(stdout.trim().slice(0, 1))
}
