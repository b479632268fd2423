import { expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/support/index.ts'
import { ADVISORY_LOCKS } from '../db/advisory-locks.ts'
import { enqueue } from './enqueue.ts'
import { releaseAbandonedJobs } from './release-abandoned-jobs.ts'
import { startWorker } from './worker.ts'

const FAR = new Date('2099-01-01T00:00:00Z')

/** A job that this worker took so long ago. */
const taken = async (t: TestApp, worker: string, ago: string) => {
  await enqueue(t.deps.db, 'purge_sign_ins', {} as never, { jobKey: worker, runAt: FAR })
  await t.deps.pool.query(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - $2::interval where key = $1`,
    [worker, ago],
  )
}
const holders = async (t: TestApp): Promise<string[]> => {
  const { rows } = await t.deps.pool.query('select locked_by from graphile_worker.jobs where locked_by is not null')
  return rows.map((row) => row.locked_by).sort()
}

it('gives back what a killed worker had in hand, and nothing of those that live or have just begun', async () => {
  const t = await testApp()
  for (const [worker, ago] of [
    ['gone', '2 minutes'],
    ['living', '2 hours'],
    ['new', '10 seconds'],
  ] as const)
    await taken(t, worker, ago)
  const living = await t.deps.pool.connect()
  await living.query('select pg_advisory_lock($1, hashtext($2))', [ADVISORY_LOCKS.workerId, 'living'])
  await releaseAbandonedJobs(t.deps)
  expect(await holders(t)).toEqual(['living', 'new'])
  living.release(true)
})

it('names each of its workers for as long as it runs', async () => {
  const t = await testApp()
  const held = async () => {
    const { rows } = await t.deps.pool.query(
      `select count(*)::int as n from pg_locks where locktype = 'advisory' and classid = $1
        and database = (select oid from pg_database where datname = current_database())`,
      [ADVISORY_LOCKS.workerId],
    )
    return rows[0].n
  }
  const worker = await startWorker(t.deps, { connectionString: t.databaseUrl, concurrency: 3 })
  expect(await held()).toBe(3)
  await worker.stop()
  expect(await held()).toBe(0)
})
