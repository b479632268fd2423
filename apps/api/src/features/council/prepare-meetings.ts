import { inTransaction } from '../../db/connect.ts'
import type { Door } from '../issues/index.ts'
import { civilDate } from '../regions/index.ts'
import { cancelDraft } from './end-meeting.ts'
import { prepareDrafts } from './prepare-drafts.ts'
import { listActiveSeries, listMissedDrafts, lockSeries } from './series.queries.ts'

/**
 * Once a day, for every series; whatever ran already is left as it is. A draft whose day went by without a notice takes place no
 * more: what waited on it goes on.
 */
export const prepareMeetings = async (door: Door): Promise<void> => {
  const { deps } = door
  const today = civilDate(deps.clock.now())
  for (const key of await listActiveSeries(deps.db, today)) {
    await inTransaction(deps.pool, async (tx) => {
      const series = await lockSeries(tx, key)
      if (series) await prepareDrafts(tx, deps, series)
    })
  }
  // After the new drafts, on whose agendas matters may go on.
  for (const key of await listMissedDrafts(deps.db, today))
    await inTransaction(deps.pool, (tx) => cancelDraft(tx, door, key, null, '没有公告，会期已过'))
}
