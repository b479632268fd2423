import type { Deps } from '../../src/deps.ts'
import { handOverJobs } from '../../src/jobs/hand-over-jobs.ts'
import { rounds, type Task, tasks } from '../../src/jobs/tasks.ts'

interface Job {
  id: string
  task: string
  payload: unknown
}

// A job added without a time carries the moment of its transaction, which is real time: it is due whatever the clock says.
// Taken as the worker takes it: a job that is adding its own successor must not be replaced by it.
const NEXT = `
  update graphile_worker._private_jobs taken set locked_at = now(), locked_by = 'test', attempts = taken.attempts + 1
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where taken.id = j.id and j.id = (
    select id from graphile_worker._private_jobs
    where locked_at is null and attempts < max_attempts and (run_at <= $1 or run_at = created_at)
    order by priority, run_at, id limit 1)
  returning j.id, t.identifier as task, j.payload`

const MOST_JOBS = 10_000

/**
 * Wakes every issue and runs every job due by the fake clock, those they add included, one after another; returns the names in order. A
 * job that throws fails the test.
 */
export async function runDueJobs(deps: Deps): Promise<string[]> {
  const ran: string[] = []
  while (ran.length < MOST_JOBS) {
    for (const { round } of rounds) await round(deps)
    const { rows } = await deps.pool.query<Job>(NEXT, [deps.clock.now()])
    const [job] = rows
    if (!job) return ran
    const task = (tasks as Record<string, Task<unknown>>)[job.task]
    if (!task) throw new Error(`No task is called ${job.task}`)
    await task(deps, job.payload)
    await deps.pool.query('select graphile_worker.complete_jobs($1)', [[job.id]])
    ran.push(job.task)
  }
  throw new Error('Jobs keep adding jobs that are due at once')
}

/** Waiting jobs of a kind with their times, for what only must be planned. */
export async function plannedJobs(deps: Deps, task: string): Promise<{ payload: unknown; runAt: Date; key: string }[]> {
  await handOverJobs(deps)
  const { rows } = await deps.pool.query(
    `select j.payload, j.run_at as "runAt", j.key from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1 order by j.run_at, j.id`,
    [task],
  )
  return rows
}
