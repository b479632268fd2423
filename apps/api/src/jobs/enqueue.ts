import type { Queryable } from '../db/connect.ts'
import { prepared } from '../db/prepared.ts'
import type { TaskName, TaskPayload } from './tasks.ts'

export interface EnqueueOptions {
  /** A later job with the same key takes the place of one that has not started: how a deadline moves. */
  jobKey?: string
  /** Not before this moment; at once when left out. */
  runAt?: Date
  /** Jobs of one queue run one after another. */
  queue?: string
  maxAttempts?: number
}

const ADD = `select (graphile_worker.add_job($1, $2::json, queue_name => $3, run_at => $4, max_attempts => $5,
  job_key => $6)).id as id`

/** Adds a job inside the caller's transaction: it exists if and only if the change that asked for it does. */
export async function enqueue<Name extends TaskName>(
  on: Queryable,
  task: Name,
  payload: TaskPayload<Name>,
  options: EnqueueOptions = {},
): Promise<void> {
  await prepared(on, 'job_add', ADD, [
    task,
    JSON.stringify(payload),
    options.queue ?? null,
    options.runAt?.toISOString() ?? null,
    options.maxAttempts ?? null,
    options.jobKey ?? null,
  ])
}

/** Takes back a job that has not started; none by that key is no error. */
export async function cancelJob(on: Queryable, jobKey: string): Promise<void> {
  await prepared(on, 'job_remove', 'select graphile_worker.remove_job($1)', [jobKey])
}
