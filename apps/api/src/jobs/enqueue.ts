import type { Queryable } from '../db/connect.ts'
import { prepared } from '../db/prepared.ts'
import type { TaskName, TaskPayload } from './tasks.ts'

export interface NewJob {
  task: TaskName
  payload: TaskPayload<TaskName>
  jobKey: string | null
  runAt: string | null
  queue: string | null
}

export interface JobOptions {
  /** A later job with the same key takes the place of one that has not started: how a deadline moves. */
  jobKey?: string
  /** Not before this moment; at once when left out. */
  runAt?: Date
  /** Jobs of one queue run one after another. */
  queue?: string
}

/** A job to be, for `enqueueAll`. */
export const newJob = <Name extends TaskName>(
  task: Name,
  payload: TaskPayload<Name>,
  { jobKey, runAt, queue }: JobOptions = {},
): NewJob => ({
  task,
  payload,
  jobKey: jobKey ?? null,
  runAt: runAt?.toISOString() ?? null,
  queue: queue ?? null,
})

const ADD = `select from graphile_worker.add_jobs(array(
  select row(j.task, j.payload, j.queue, j."runAt", null, j."jobKey", null, null)::graphile_worker.job_spec
  from json_to_recordset($1::json) as j(task text, payload json, "runAt" timestamptz, "jobKey" text, queue text)))`

/** Adds jobs inside the caller's transaction: they exist if and only if the change that asked for them does. */
export async function enqueueAll(on: Queryable, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length > 0) await prepared(on, 'jobs_add', ADD, [JSON.stringify(jobs)])
}

export const enqueue = <Name extends TaskName>(
  on: Queryable,
  task: Name,
  payload: TaskPayload<Name>,
  options: JobOptions = {},
): Promise<void> => enqueueAll(on, [newJob(task, payload, options)])

/** Takes back a job that has not started; none by that key is no error. */
export async function cancelJob(on: Queryable, jobKey: string): Promise<void> {
  await prepared(on, 'job_remove', 'select graphile_worker.remove_job($1)', [jobKey])
}
