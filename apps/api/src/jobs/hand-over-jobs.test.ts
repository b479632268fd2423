import { expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/support/index.ts'
import { inTransaction } from '../db/connect.ts'
import { cancelJob, enqueue, enqueueAll, newJob } from './enqueue.ts'
import { handOverJobs } from './hand-over-jobs.ts'

const at = (day: number) => new Date(Date.UTC(2099, 0, day))
const ask = (t: TestApp, jobKey: string, day: number) =>
  enqueue(t.deps.db, 'purge_sign_ins', {} as never, { jobKey, runAt: at(day) })
const waiting = async (t: TestApp): Promise<[string | null, string][]> => {
  const { rows } = await t.deps.pool.query('select key, run_at from graphile_worker.jobs order by key, id')
  return rows.map((row) => [row.key, row.run_at.toISOString().slice(0, 10)])
}

it('gives the worker the last that was asked under each key, and takes back what was taken back', async () => {
  const t = await testApp()
  await ask(t, 'moved', 1)
  await ask(t, 'cancelled', 1)
  await ask(t, 'again', 1)
  await handOverJobs(t.deps)
  await cancelJob(t.deps.db, 'cancelled')
  await cancelJob(t.deps.db, 'again')
  await ask(t, 'again', 2)
  await ask(t, 'moved', 2)
  await ask(t, 'never', 2)
  await cancelJob(t.deps.db, 'never')
  await ask(t, 'moved', 3)
  await handOverJobs(t.deps)
  expect(await waiting(t)).toEqual([
    ['again', '2099-01-02'],
    ['moved', '2099-01-03'],
  ])
  await handOverJobs(t.deps)
  expect(await waiting(t)).toHaveLength(2)
})

it('knows nothing of a change that was rolled back', async () => {
  const t = await testApp()
  const failing = inTransaction(t.deps.pool, async (tx) => {
    await enqueue(tx, 'purge_sign_ins', {} as never, { jobKey: 'x', runAt: at(1) })
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  await handOverJobs(t.deps)
  expect(await waiting(t)).toEqual([])
})

it('hands each over once, however many hand over at the same time', async () => {
  const t = await testApp()
  const many = Array.from({ length: 1_203 }, (_, i) => i)
  await Promise.all(
    many.map((i) => enqueueAll(t.deps.db, [newJob('purge_sign_ins', { i } as never, { runAt: at(1) })])),
  )
  for (const day of [1, 2, 3, 4]) await ask(t, 'moved', day)
  await Promise.all([1, 2, 3, 4].map(() => handOverJobs(t.deps)))
  const jobs = await waiting(t)
  expect(jobs.filter(([key]) => key === null)).toHaveLength(many.length)
  expect(jobs.filter(([key]) => key === 'moved')).toEqual([['moved', '2099-01-04']])
})

it('sets aside what the worker will not have, and goes on with the rest', async () => {
  const t = await testApp()
  await ask(t, 'before', 1)
  await ask(t, 'x'.repeat(600), 1)
  await ask(t, 'after', 1)
  await handOverJobs(t.deps)
  expect((await waiting(t)).map(([key]) => key)).toEqual(['after', 'before'])
  const { rows } = await t.deps.pool.query('select refused from job_requests')
  expect(rows).toEqual([{ refused: expect.stringContaining('key') }])
  await ask(t, 'later', 1)
  await handOverJobs(t.deps)
  expect(await waiting(t)).toHaveLength(3)
})
