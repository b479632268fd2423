import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { NODE_FLAGS } from '../../scripts/bootstrap.mjs'

const MAIN = path.resolve(import.meta.dirname, '../../apps/api/src/main.ts')

/** The service as a process of its own, over its own data folder. */
export interface ServiceProcess {
  base: string
  process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Process number of its PostgreSQL. */
  postgres(): number
  /** Resolves with its exit code. */
  ended: Promise<number | null>
}

/** Starts the service and waits until it says that it is ready; rejects with its output when it ends before. */
export async function startServiceProcess(dataDir: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        if (output.includes('同心已启动')) resolve()
      })
    }
    void ended.then((code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
  return {
    base: `http://127.0.0.1:${port}`,
    process: child,
    output: () => output,
    postgres: () => Number(readFileSync(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]),
    ended,
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** No program any more: gone, or dead and only waiting for its parent to take note. */
export function isGone(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return ['', 'Z'].includes(stdout.trim().slice(0, 1))
}
