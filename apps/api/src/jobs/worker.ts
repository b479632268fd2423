import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Logger, parseCrontab, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { ADVISORY_LOCKS } from '../db/advisory-locks.ts'
import { createPool } from '../db/connect.ts'
import type { Deps } from '../deps.ts'
import { keepDoing } from './keep-doing.ts'
import { crontab, rounds, type Task, tasks } from './tasks.ts'

export interface JobWorker {
  /** False once it has stopped, for `/readyz`. */
  isRunning(): boolean
  /** Finishes the jobs in hand. */
  stop(): Promise<void>
}

export interface WorkerSettings {
  connectionString: string
  concurrency?: number
}

/** The tasks with their dependencies bound, as graphile-worker takes them. */
export const taskList = (deps: Deps): TaskList =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => (task as Task<unknown>)(deps, payload)]),
  )

const AGAIN_MS = 1_000

/**
 * Holds, on a connection of its own, the locks by which others know that this worker lives; takes them again when that connection is
 * lost, or its jobs would be given to others while it does them.
 */
async function holdSign(pool: pg.Pool, ids: readonly string[], deps: Deps): Promise<{ release(): void }> {
  let released = false
  let letGo = () => {}
  /** Once the locks are held; `lost` resolves when the connection that holds them is no more. */
  const take = async () => {
    const client = await pool.connect()
    const end = Promise.withResolvers<void>()
    letGo = end.resolve
    client.on('error', () => end.resolve()).on('end', () => end.resolve())
    const lost = end.promise.then(() => client.release(true))
    try {
      await client.query('select pg_advisory_lock_shared($1)', [ADVISORY_LOCKS.worker])
      await client.query('select pg_advisory_lock($1, hashtext(id)) from unnest($2::text[]) id', [
        ADVISORY_LOCKS.workerId,
        ids,
      ])
    } catch (error) {
      letGo()
      throw error
    }
    return { lost }
  }
  const keep = async (first: { lost: Promise<void> }) => {
    let held: { lost: Promise<void> } | undefined = first
    while (true) {
      await held?.lost
      if (!released) await setTimeout(AGAIN_MS, undefined, { ref: false })
      if (released) return
      held = await take().catch((error: unknown) => void deps.logger.warn({ err: error }, 'worker sign'))
      if (released) letGo()
    }
  }
  void keep(await take())
  return {
    release: () => {
      released = true
      letGo()
    },
  }
}

/** Starts taking jobs; several workers may run, on one machine or many. */
export async function startWorker(deps: Deps, settings: WorkerSettings): Promise<JobWorker> {
  const concurrency = settings.concurrency ?? 2
  const pool = createPool(
    {
      connectionString: settings.connectionString,
      max: concurrency + 4,
      applicationName: 'tongxin-worker',
      pipeline: false,
    },
    (error) => deps.logger.error({ err: error }, 'worker pool'),
  )
  const logger = new Logger((scope) => (level, message, meta) => {
    // A job's payload is never logged: it may name people.
    const fields = { task: scope.taskIdentifier, job: scope.jobId, err: (meta as { error?: unknown })?.error }
    if (level === 'error') deps.logger.error(fields, message)
    else if (level === 'warning') deps.logger.warn(fields, message)
    else deps.logger.debug(fields, message)
  })
  const events: WorkerEvents = new EventEmitter()
  const ids: string[] = []
  // Jobs are taken in the name of the pool, not of the worker in it.
  events.on('pool:create', ({ workerPool }) => ids.push(workerPool.id))
  const runner: Runner = await run({
    events,
    pgPool: pool,
    concurrency,
    taskList: taskList(deps),
    parsedCronItems: parseCrontab(crontab),
    noHandleSignals: true,
    logger,
    // Fetched and ended several at a time: one by one, the fetching cost the database as much as the moves that asked for the jobs.
    // What waits here behind a long job goes back after `ttl`, to whoever is free.
    preset: { worker: { pollInterval: 1_000, localQueue: { size: 10, ttl: 5_000 }, completeJobBatchDelay: 0 } },
  })
  const sign = await holdSign(pool, ids, deps).catch(async (error: unknown) => {
    await runner.stop()
    await pool.end()
    throw error
  })
  const going = rounds.map((each) => keepDoing(deps, each))
  let running = true
  const ended = runner.promise
    .catch((error: unknown) => deps.logger.error({ err: error }, 'worker stopped'))
    .finally(() => {
      running = false
    })
  return {
    isRunning: () => running,
    stop: async () => {
      await Promise.all(going.map((each) => each.stop()))
      if (running) await runner.stop()
      await ended
      sign.release()
      await pool.end()
    },
  }
}
