import type { Body, councilRoutes } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import type { Door } from '../issues/index.ts'
import { civilDate } from '../regions/index.ts'
import { standingAt } from './council.policy.ts'
import { cancelDraft } from './end-meeting.ts'
import { lockMeeting, type MeetingKey, saveMeeting } from './meetings.queries.ts'
import { dayKinds, prepareDrafts } from './prepare-drafts.ts'
import { assertMayPreside } from './prepare-meeting.ts'
import { recordMeetingEvent } from './record-council-event.ts'
import { recordSeriesEvent } from './record-series-event.ts'
import { listSeriesMeetings, lockSeries, moveSeriesMeeting, type SeriesRow, saveSeries } from './series.queries.ts'
import { monthBefore, seriesDate } from './series-dates.ts'

/** @throws AppError not_found, forbidden, stale_version; unprocessable when it was ended */
const lockFor = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor, version: number): Promise<SeriesRow> => {
  const series = await lockSeries(tx, key)
  if (!series) throw new AppError('not_found')
  if (!standingAt(actor, await deps.directory.regions.tree(), key.communityCode).manages)
    throw new AppError('forbidden')
  if (series.version !== version) throw new AppError('stale_version')
  if (series.endsOn !== null && series.endsOn < civilDate(deps.clock.now()))
    throw new AppError('unprocessable', { reason: 'series_ended', detail: '该例会已停开' })
  return series
}

type Change = Body<typeof councilRoutes.changeMeetingSeries>

/** What the new rule makes of the drafts: those announced stand, as does what was set by hand, and a draft that would move into the past. */
const moveDrafts = async (
  tx: Tx,
  deps: Deps,
  { before, after: series }: { before: SeriesRow; after: SeriesRow },
  change: Change,
  by: string,
): Promise<void> => {
  const { schedule } = change
  const at = deps.clock.now()
  for (const { month, meetingId } of await listSeriesMeetings(tx, series, monthBefore(at))) {
    const key = { communityCode: series.communityCode, id: meetingId }
    const meeting = await lockMeeting(tx, key)
    if (meeting?.state !== 'draft' || Date.parse(meeting.heldAt) <= at.getTime()) continue
    const date = schedule && seriesDate(month, series, dayKinds)
    const within = date && (series.endsOn === null || date.heldOn <= series.endsOn)
    const byRule = Date.parse(meeting.heldAt) === Date.parse(seriesDate(month, before, dayKinds).heldAt)
    const moves =
      within && byRule && date.heldAt !== meeting.heldAt && Date.parse(date.heldAt) > at.getTime() ? date : undefined
    const { plannedOn, moved, heldAt } = moves ?? {}
    const title = meeting.title === before.title && series.title !== before.title && series.title
    const place = meeting.place === before.place && series.place !== before.place && series.place
    const usual = meeting.presiderId === null || meeting.presiderId === before.presiderId
    const presiderId = usual && meeting.presiderId !== series.presiderId ? change.presiderId : undefined
    const words = { ...(title && { title }), ...(place && { place }), ...(heldAt && { heldAt }) }
    if (Object.keys(words).length === 0 && presiderId === undefined) continue
    await saveMeeting(tx, meeting, { ...words, ...(presiderId !== undefined && { presiderId }) })
    if (moves) await moveSeriesMeeting(tx, series, moves)
    await recordMeetingEvent(tx, deps, key, 'change', {
      from: 'draft',
      to: 'draft',
      by,
      at,
      record: { ...words, ...(moves && { plannedOn, moved }) },
      personal: presiderId === undefined ? {} : { presiderId },
    })
  }
}

/** Changes the series and every draft of it; an announced meeting is changed by itself alone. */
export const changeSeries = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  change: Change,
): Promise<void> => {
  const before = await lockFor(tx, deps, key, actor, version)
  const { title, place, schedule, presiderId, reviewed } = change
  assertPublishable(reviewed, { title, place })
  await assertMayPreside(tx, deps, key.communityCode, presiderId ?? undefined)
  const by = personOf(actor)
  const after: SeriesRow = {
    ...before,
    ...schedule,
    title: title ?? before.title,
    place: place ?? before.place,
    presiderId: presiderId === undefined ? before.presiderId : presiderId,
    setBy: by,
  }
  await saveSeries(tx, after)
  const record = { title, place, schedule }
  const personal = presiderId === undefined ? {} : { presiderId }
  await recordSeriesEvent(tx, deps, key, 'change', { by, at: deps.clock.now(), record, personal })
  await moveDrafts(tx, deps, { before, after }, change, by)
  await prepareDrafts(tx, deps, after)
}

/** The last day it may be held; drafts after it are cancelled, and their matters go on to the next meeting. */
export const endSeries = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  version: number,
  lastDay: string | undefined,
): Promise<void> => {
  const { deps } = door
  const series = await lockFor(tx, deps, key, actor, version)
  const at = deps.clock.now()
  const today = civilDate(at)
  const endsOn = lastDay ?? today
  if (endsOn < today || endsOn < series.startsOn) {
    const detail = '最后一天不能早于开始的一天和今天'
    throw new AppError('unprocessable', {
      reason: 'series_ends_early',
      detail,
      errors: [{ path: 'body.lastDay', message: detail }],
    })
  }
  const by = personOf(actor)
  const ended = { ...series, endsOn, setBy: by }
  await saveSeries(tx, ended)
  await recordSeriesEvent(tx, deps, key, 'end', { by, at, record: { endsOn } })
  for (const { meetingId, heldAt, state } of await listSeriesMeetings(tx, series, monthBefore(at)))
    if (state === 'draft' && civilDate(new Date(heldAt)) > endsOn)
      await cancelDraft(tx, door, { communityCode: key.communityCode, id: meetingId }, by, '例会停开')
  // A later last day than before brings drafts back within reach.
  await prepareDrafts(tx, deps, ended)
}
