import { inTransaction, send, type Tx } from '../db/connect.ts'
import { databaseError } from '../db/constraints.ts'
import { prepared, preparedOne } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { JobRequest, NewJob } from './enqueue.ts'

const AT_ONCE = 500

const FIRST = 'select id from job_requests where refused is null order by id limit 1'
// Whoever comes second waits for the first here, so that two that hand over keep the order in which jobs were asked for.
const TAKE = `with taken as (
    delete from job_requests where id in
      (select id from job_requests where refused is null order by id limit $1 for update) returning id, jobs)
  select jobs from taken order by id`
const REFUSE = 'update job_requests set refused = $2 where id = $1'
const ADD = `select from graphile_worker.add_jobs(array(
  select row(j.task, j.payload, j.queue, j."runAt", null, j."jobKey", null, null)::graphile_worker.job_spec
  from json_to_recordset($1::json) as j(task text, payload json, "runAt" timestamptz, "jobKey" text, queue text)))`
const REMOVE = 'select graphile_worker.remove_job(key) from unnest($1::text[]) as key'

/** Of several under one key the last, which is the one that holds. */
const lasting = (requests: readonly JobRequest[]): JobRequest[] => {
  const byKey = new Map<string, JobRequest>(
    requests.flatMap((each) => (each.jobKey === null ? [] : [[each.jobKey, each]])),
  )
  return requests.filter((each) => each.jobKey === null || byKey.get(each.jobKey) === each)
}

const handOverSome = async (tx: Tx, most: number): Promise<number> => {
  const taken = await prepared<{ jobs: JobRequest[] }>(tx, 'jobs_take', TAKE, [most])
  const requests = lasting(taken.flatMap(({ jobs }) => jobs))
  const added = requests.filter((each): each is NewJob => each.task !== null)
  const removed = requests.flatMap((each) => (each.task === null ? [each.jobKey] : []))
  if (added.length) send(tx, prepared(tx, 'jobs_add', ADD, [JSON.stringify(added)]))
  if (removed.length) send(tx, prepared(tx, 'jobs_remove', REMOVE, [removed]))
  return taken.length
}

/** Gives the worker what this transaction has asked of it, and those committed so far. */
export const handOver = async (tx: Tx): Promise<void> => {
  while ((await handOverSome(tx, AT_ONCE)) === AT_ONCE);
}

type Needs = Pick<Deps, 'db' | 'pool' | 'logger'>

/** Why the worker will never have it: its data are wrong. Anything else passes. */
const whyRefused = (error: unknown): string | null => {
  const failure = databaseError(error)
  return failure && /^2[23]/.test(failure.code) ? failure.message : null
}

const first = ({ db }: Needs) => preparedOne<{ id: string }>(db, 'jobs_first', FIRST, [])

/** One after another; what the worker will not have is set aside with its reason, so that the rest do not wait for it. */
const handOverSingly = async (needs: Needs): Promise<void> => {
  for (let done = 0; done < AT_ONCE; done++) {
    const next = await first(needs)
    if (!next) return
    try {
      await inTransaction(needs.pool, (tx) => handOverSome(tx, 1))
    } catch (error) {
      const refused = whyRefused(error)
      if (refused === null) throw error
      await prepared(needs.db, 'jobs_refuse', REFUSE, [next.id, refused])
      needs.logger.error({ err: error, jobRequest: next.id }, 'a job was refused and set aside')
    }
  }
}

/**
 * Gives the worker what the transactions committed so far have asked of it. Adding the jobs in every transaction cost the database a
 * quarter of a move, and its announcement made commits wait for each other.
 */
export const handOverJobs = async (needs: Needs): Promise<void> => {
  while (await first(needs)) {
    try {
      if ((await inTransaction(needs.pool, (tx) => handOverSome(tx, AT_ONCE))) < AT_ONCE) return
    } catch (error) {
      if (whyRefused(error) === null) throw error
      await handOverSingly(needs)
    }
  }
}
