import type { Tx } from '../db/connect.ts'
import { prepared } from '../db/prepared.ts'
import type { Clock } from '../deps.ts'
import { newJob } from './enqueue.ts'
import type { TaskName, TaskPayload } from './tasks.ts'

/** A job that waits longer than any transaction takes to commit will see what this one writes. */
const SURELY_LATER_MS = 3_000

const ADD = `select from graphile_worker.add_jobs(array(
    select row(j.task, j.payload, j.queue, j."runAt", null, j."jobKey", null, null)::graphile_worker.job_spec
    from json_to_recordset($1::json) as j(task text, payload json, "runAt" timestamptz, "jobKey" text, queue text)), true)
  where not exists (select from graphile_worker.jobs where key = $2 and locked_at is null and run_at > $3)`

/**
 * For what need not be done again for every change: one job by this key, which runs `delayMs` after the first change it covers and
 * sees every one that came before it runs. Where one waits already nothing is written, so that many changes do not wait for
 * each other.
 */
export const enqueueSoon = async <Name extends TaskName>(
  tx: Tx,
  clock: Clock,
  task: Name,
  payload: TaskPayload<Name>,
  { jobKey, queue, delayMs }: { jobKey: string; queue: string; delayMs: number },
): Promise<void> => {
  const now = clock.now().getTime()
  const job = newJob(task, payload, { jobKey, queue, runAt: new Date(now + delayMs) })
  const later = new Date(now + SURELY_LATER_MS).toISOString()
  await prepared(tx, 'job_soon', ADD, [JSON.stringify([job]), jobKey, later])
}
