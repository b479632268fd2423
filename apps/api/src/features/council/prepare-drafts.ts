import { makePublicId } from '@tongxin/contract'
import { holidayName, isHoliday, statutoryCalendar } from '../../calendar/statutory-calendar.ts'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { insertMeeting } from './meetings.queries.ts'
import { listPlaces } from './members.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'
import { insertSeriesMeeting, listSeriesMeetings, type SeriesRow } from './series.queries.ts'
import { type DayKinds, type Planned, seriesDates } from './series-dates.ts'

const DAY = 86_400_000
const AHEAD = 60 * DAY

export const dayKinds: DayKinds = { isWorkday: statutoryCalendar.isWorkday, isHoliday }

export const presentDate = ({ month, plannedOn, heldAt, moved }: Planned) => ({
  month,
  plannedOn,
  heldAt,
  moved,
  holiday: moved === 'holiday' ? holidayName(plannedOn) : null,
})

/** Dates of a series within so many days from now. */
export const datesAhead = (series: SeriesRow, now: Date, days: number): Planned[] => {
  const until = new Date(now.getTime() + days * DAY)
  return seriesDates(series, { after: now, until, startsOn: series.startsOn, endsOn: series.endsOn }, dayKinds)
}

/** The drafts of the next two months that are not there yet. The caller holds the lock of the series. */
export const prepareDrafts = async (tx: Tx, deps: Deps, series: SeriesRow): Promise<number> => {
  const { clock, directory } = deps
  const now = clock.now()
  const until = new Date(now.getTime() + AHEAD)
  const dates = seriesDates(series, { after: now, until, startsOn: series.startsOn, endsOn: series.endsOn }, dayKinds)
  const [first] = dates
  if (!first) return 0
  const there = new Set((await listSeriesMeetings(tx, series, first.month)).map(({ month }) => month))
  const { communityCode, title, place, setBy } = series
  const missing = dates.filter(({ month }) => !there.has(month))
  const tree = await directory.regions.tree()
  for (const date of missing) {
    const { heldAt, month, plannedOn, moved } = date
    const usual = series.presiderId
    // Whoever usually presides may have left the council since.
    const fit = usual !== null && (await listPlaces(tx, tree, communityCode, usual, now)).length > 0
    const presiderId = fit ? usual : null
    const key = { communityCode, id: newId(now) }
    await insertMeeting(tx, key, { title, place, heldAt, presiderId, by: setBy, at: now })
    await insertSeriesMeeting(tx, series, key.id, date)
    const seriesId = makePublicId(communityCode, series.id)
    const record = { title, place, heldAt, seriesId, month, plannedOn, moved }
    const it = { from: null, to: 'draft', by: setBy, at: now, record, personal: { ...(presiderId && { presiderId }) } }
    await recordMeetingEvent(tx, deps, key, 'create', it)
  }
  return missing.length
}
