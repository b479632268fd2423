import { councilRoutes, type MeetingSeriesView, makePublicId, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import type { Door } from '../issues/index.ts'
import { openName } from '../people/index.ts'
import { civilDate } from '../regions/index.ts'
import { changeSeries, endSeries } from './change-series.ts'
import { standingAt } from './council.policy.ts'
import { createSeries } from './create-series.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { datesAhead, dayKinds, presentDate } from './prepare-drafts.ts'
import { findSeries, listSeries, listSeriesMeetings, type SeriesRow } from './series.queries.ts'
import { seriesDates } from './series-dates.ts'

const DAY = 86_400_000
/** Half a year: what people plan by, and what the statutory arrangement mostly covers. */
const SHOWN_DAYS = 184
const PREVIEWED_DAYS = 366

export function serveSeries(app: FastifyInstance, deps: Deps, door: Door): void {
  const { clock, cipher, directory } = deps

  const present = async (on: Queryable, row: SeriesRow, actor: Actor): Promise<MeetingSeriesView> => {
    const { communityCode, id, title, place, presiderId, presiderNameCipher, startsOn, endsOn, version } = row
    const { rule, day, week, weekday, time, onHoliday, moveFromWeekends } = row
    const { inside, manages } = standingAt(actor, await directory.regions.tree(), communityCode)
    const now = clock.now()
    const dates = datesAhead(row, now, SHOWN_DAYS)
    const [first] = dates
    const prepared = first ? await listSeriesMeetings(on, row, first.month) : []
    const meetings = new Map(prepared.map((each) => [each.month, each]))
    const coming = dates.flatMap((date) => {
      const meeting = meetings.get(date.month)
      // Held already, on another day than the rule's.
      if (meeting && (meeting.state === 'closed' || Date.parse(meeting.heldAt) <= now.getTime())) return []
      // Nobody outside had heard of it.
      if (meeting?.state === 'cancelled' && !meeting.announced && !inside) return []
      const shown = meeting && (inside || meeting.state !== 'draft') ? meeting : undefined
      return {
        ...presentDate(date),
        // One that was moved by hand stands where it is.
        ...(shown && { heldAt: shown.heldAt }),
        meetingId: shown ? makePublicId(communityCode, shown.meetingId) : null,
        meetingState: shown?.state ?? null,
      }
    })
    const name = (personId: string) =>
      openName(cipher, { id: personId, nameCipher: presiderNameCipher, phoneCipher: null })
    return {
      id: makePublicId(communityCode, id),
      title,
      place,
      schedule: { rule, day, week, weekday, time, onHoliday, moveFromWeekends },
      presider: inside && presiderId !== null ? { personId: presiderId, name: name(presiderId) } : null,
      startsOn,
      endsOn,
      ended: endsOn !== null && endsOn < civilDate(now),
      coming,
      mayManage: manages,
      version,
    }
  }

  const asNow = async (on: Queryable, key: MeetingKey, actor: Actor): Promise<MeetingSeriesView> => {
    const row = await findSeries(on, key)
    if (!row) throw new AppError('not_found')
    return present(on, row, actor)
  }

  serve(app, deps, councilRoutes.listMeetingSeries, async ({ db, actor, query }) => ({
    items: await Promise.all((await listSeries(db, query.community)).map((row) => present(db, row, actor))),
  }))

  serve(app, deps, councilRoutes.readMeetingSeries, async ({ db, actor, params }) => {
    const series = await asNow(db, splitPublicId(params.id), actor)
    return answer(series, { version: series.version })
  })

  serve(app, deps, councilRoutes.previewSeriesDates, ({ query }) => {
    const { startsOn, ...schedule } = query
    const now = clock.now()
    const between = { after: now, until: new Date(now.getTime() + PREVIEWED_DAYS * DAY), endsOn: null }
    const dates = seriesDates(schedule, { ...between, startsOn: startsOn ?? civilDate(now) }, dayKinds)
    return { items: dates.map(presentDate) }
  })

  serve(app, deps, councilRoutes.createMeetingSeries, async ({ tx, actor, body }) => {
    const series = await asNow(tx, await createSeries(tx, deps, actor, body), actor)
    return answer(series, { status: 201, version: series.version, location: `/v1/meeting-series/${series.id}` })
  })

  serve(app, deps, councilRoutes.changeMeetingSeries, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await changeSeries(tx, deps, key, actor, version, body)
    const series = await asNow(tx, key, actor)
    return answer(series, { version: series.version })
  })

  serve(app, deps, councilRoutes.endMeetingSeries, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await endSeries(tx, door, key, actor, version, body.lastDay)
    const series = await asNow(tx, key, actor)
    return answer(series, { version: series.version })
  })
}
