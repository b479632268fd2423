import { expect, it, vi } from 'vitest'
import { type TestApp, testApp } from '../../test/support/index.ts'
import { ADVISORY_LOCKS } from '../db/advisory-locks.ts'
import { enqueue } from './enqueue.ts'
import { handOverJobs } from './hand-over-jobs.ts'
import { releaseAbandonedJobs } from './release-abandoned-jobs.ts'
import { startWorker } from './worker.ts'

const FAR = new Date('2099-01-01T00:00:00Z')

/** A job that this worker took so long ago. */
const taken = async (t: TestApp, worker: string, ago: string) => {
  await enqueue(t.deps.db, 'purge_sign_ins', {} as never, { jobKey: worker, runAt: FAR })
  await handOverJobs(t.deps)
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

it('holds a lock in the name in which it takes jobs, for as long as it lives, also over a broken line', async () => {
  const t = await testApp()
  const locks = async () => {
    const { rows } = await t.deps.pool.query(
      `select pid, objid::bigint as name from pg_locks where locktype = 'advisory' and classid = $1 and granted
        and database = (select oid from pg_database where datname = current_database())`,
      [ADVISORY_LOCKS.workerId],
    )
    return rows
  }
  const worker = await startWorker(t.deps, { connectionString: t.databaseUrl })
  const [held] = await locks()
  // A job in hand: the table it works on is held until the test lets go.
  const holding = await t.deps.pool.connect()
  await holding.query('begin; lock table sessions in access exclusive mode')
  await enqueue(t.deps.db, 'purge_sign_ins', {} as never)
  const inHand = async () => {
    const { rows } = await t.deps.pool.query(
      `select locked_by, hashtext(locked_by)::bigint & 4294967295 as name from graphile_worker.jobs
        where task_identifier = 'purge_sign_ins' and locked_by is not null`,
    )
    return rows
  }
  const [job] = await vi.waitFor(async () => {
    const found = await inHand()
    expect(found).toHaveLength(1)
    return found
  })
  expect(held.name).toBe(job.name)
  await t.deps.pool.query(`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour'`)
  await releaseAbandonedJobs(t.deps)
  expect(await inHand()).toEqual([job])

  await t.deps.pool.query('select pg_terminate_backend($1)', [held.pid])
  const [again] = await vi.waitFor(
    async () => {
      const found = await locks()
      expect(found).toHaveLength(1)
      expect(found[0].pid).not.toBe(held.pid)
      return found
    },
    { timeout: 10_000 },
  )
  expect(again.name).toBe(held.name)

  await holding.query('rollback')
  holding.release()
  await worker.stop()
  // The server takes note of the closed connection in its own time.
  await vi.waitFor(async () => expect(await locks()).toEqual([]), { timeout: 10_000 })
})
