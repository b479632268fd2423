import { ADVISORY_LOCKS } from '../db/advisory-locks.ts'
import { prepared } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'

// A worker that has just begun may not hold its lock yet: what was taken within the last minute is left alone.
const RELEASE = `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
  where locked_by is not null and locked_at < now() - interval '1 minute'
    and not exists (select from pg_locks where locktype = 'advisory' and classid = ${ADVISORY_LOCKS.workerId}
      and objid::bigint = hashtext(locked_by)::bigint & 4294967295
      and database = (select oid from pg_database where datname = current_database()))
  having count(*) > 0`

/**
 * Gives back jobs that a worker had in hand when it was killed: left to itself, the queue waits four hours for it. Each job comes to
 * the same end when it runs again.
 */
export const releaseAbandonedJobs = async ({ db }: Deps): Promise<void> => {
  await prepared(db, 'jobs_release', RELEASE, [])
}
