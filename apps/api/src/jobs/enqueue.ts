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

/** Takes back what has not started under this key; nothing by that key is no error. */
export interface Cancellation {
  task: null
  jobKey: string
}

export type JobRequest = NewJob | Cancellation

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

/** The end of a job to be, for `enqueueAll`. */
export const cancellation = (jobKey: string): Cancellation => ({ task: null, jobKey })

const ASK = 'insert into job_requests (jobs) values ($1)'

/**
 * Asks for jobs inside the caller's transaction: they come to be if and only if the change that asked for them does, and a moment
 * later (`hand-over-jobs.ts`).
 */
export async function enqueueAll(on: Queryable, requests: readonly JobRequest[]): Promise<void> {
  if (requests.length > 0) await prepared(on, 'jobs_ask', ASK, [JSON.stringify(requests)])
}

export const enqueue = <Name extends TaskName>(
  on: Queryable,
  task: Name,
  payload: TaskPayload<Name>,
  options: JobOptions = {},
): Promise<void> => enqueueAll(on, [newJob(task, payload, options)])

export const cancelJob = (on: Queryable, jobKey: string): Promise<void> => enqueueAll(on, [cancellation(jobKey)])
