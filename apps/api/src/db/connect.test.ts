import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/support/index.ts'
import { inTransaction, send, type Tx } from './connect.ts'
import { databaseError } from './constraints.ts'

describe('a write sent on towards the commit', () => {
  let t: TestApp
  beforeAll(async () => {
    t = await startTestApp()
    await t.deps.pool.query('create table sent (n int primary key check (n > 0))')
    return () => t.close()
  })
  beforeEach(() => t.deps.pool.query('truncate sent'))

  const put = (tx: Tx, n: number) => tx.$client.query('insert into sent values ($1)', [n])
  const kept = async () => (await t.deps.pool.query('select n from sent order by n')).rows.map(({ n }) => n)
  const refused = (work: (tx: Tx) => Promise<unknown>) =>
    inTransaction(t.deps.pool, work).then(
      () => expect.fail('it was committed'),
      (error: unknown) => error,
    )

  it('is seen by what follows, and there after the commit', async () => {
    const seen = await inTransaction(t.deps.pool, async (tx) => {
      send(tx, put(tx, 1))
      send(tx, put(tx, 2))
      return (await tx.$client.query('select n from sent')).rows.length
    })
    expect(seen).toBe(2)
    expect(await kept()).toEqual([1, 2])
  })

  it('ends the transaction with its own error, whether or not something is read after it', async () => {
    const last = await refused(async (tx) => {
      send(tx, put(tx, 1))
      send(tx, put(tx, -1))
    })
    const before = await refused(async (tx) => {
      send(tx, put(tx, 1))
      send(tx, put(tx, 1))
      await tx.$client.query('select 1')
      await put(tx, 2)
    })
    expect([databaseError(last)?.code, databaseError(before)?.code]).toEqual(['23514', '23505'])
    expect(await kept()).toEqual([])
  })

  it('keeps nothing when it failed before it reached the database', async () => {
    const error = await refused(async (tx) => {
      send(tx, put(tx, 1))
      send(
        tx,
        (async () => {
          throw new RangeError('Invalid time value')
        })(),
      )
    })
    expect(error).toBeInstanceOf(RangeError)
    expect(await kept()).toEqual([])
  })

  it('leaves a refusal of the work itself as it is', async () => {
    const error = await refused(async (tx) => {
      send(tx, put(tx, 1))
      throw new Error('refused')
    })
    expect(error).toMatchObject({ message: 'refused' })
    expect(await kept()).toEqual([])
  })
})
