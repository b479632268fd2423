import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { type layout, serverEnvironment } from './cluster.ts'
import { LocalPostgresError } from './local-postgres-error.ts'
import { readLockFile, waitUntil } from './running-server.ts'
import type { Launcher } from './unprivileged.ts'

const START_TIMEOUT_MS = 300_000

export interface Server {
  child: ChildProcess
  port: number
  killAtExit: () => void
}

class StartError extends LocalPostgresError {
  readonly retry: 'port' | 'again' | null
  constructor(output: string) {
    super(`PostgreSQL 未能启动 (did not start):\n${output}`)
    const busy = /pre-existing shared memory block|lock file ".*" already exists/.test(output)
    this.retry = /could not bind|Address already in use/i.test(output) ? 'port' : busy ? 'again' : null
  }
}

export interface StartRequest {
  files: ReturnType<typeof layout>
  settings: Record<string, string | number>
  launcher: Launcher
}

/** Starts the server and waits until it accepts connections; without a fixed port it takes a free one. */
export async function startServer(request: StartRequest, fixed?: number): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(fixed ?? (await freePort()), request)
    } catch (error) {
      // Another program may take the port between our look and the start; dying backends hold shared memory a moment.
      const retry = error instanceof StartError && (error.retry === 'again' || (error.retry === 'port' && !fixed))
      if (!retry || attempt === 20) throw error
      await delay(400)
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

async function startOn(port: number, { files, settings, launcher }: StartRequest): Promise<Server> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const run = launcher.wrap(findBinaries().postgres, ['-D', files.cluster, '-p', String(port), ...flags])
  const logStart = existsSync(files.log) ? statSync(files.log).size : 0
  // The log goes straight to a file: a pipe would break under the server when we are killed. A session of its own
  // keeps the terminal's Ctrl-C away from it: the service stops it when the last request is answered.
  const logFile = openSync(files.log, 'a', 0o600)
  const { uid, gid } = run
  const stdio = ['ignore', logFile, logFile] as const
  const child = spawn(run.command, run.args, { uid, gid, env: serverEnvironment(), detached: true, stdio: [...stdio] })
  closeSync(logFile)
  child.unref()
  const killAtExit = () => void child.kill('SIGINT')
  process.once('exit', killAtExit)
  child.once('exit', () => process.off('exit', killAtExit))
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  const isReady = () => {
    const lock = readLockFile(files.cluster)
    return lock?.pid === child.pid && lock?.ready === true
  }
  const settled = await waitUntil(() => ended || isReady(), START_TIMEOUT_MS)
  if (ended || !settled) {
    if (!ended) child.kill('SIGQUIT')
    throw new StartError(readFileSync(files.log).subarray(logStart).toString().trim())
  }
  return { child, port, killAtExit }
}

export async function stopServer({ child, killAtExit }: Server): Promise<void> {
  process.off('exit', killAtExit)
  child.ref()
  // First SIGTERM: clients that are just leaving may finish that; those that stay are cut off by SIGINT.
  for (const [name, ms] of [
    ['SIGTERM', 1000],
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (child.exitCode === null && child.signalCode === null) child.kill(name)
    if (await waitUntil(() => child.exitCode !== null || child.signalCode !== null, ms)) return
  }
}
