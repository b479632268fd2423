import type { Body, councilRoutes } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { civilDate } from '../regions/index.ts'
import { standingAt } from './council.policy.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { prepareDrafts } from './prepare-drafts.ts'
import { assertMayPreside } from './prepare-meeting.ts'
import { recordSeriesEvent } from './record-series-event.ts'
import { insertSeries, lockSeries } from './series.queries.ts'

/** @throws AppError forbidden elsewhere; unprocessable for an unfit presider, and dates that lie behind each other or in the past */
export const createSeries = async (
  tx: Tx,
  deps: Deps,
  actor: Actor,
  body: Body<typeof councilRoutes.createMeetingSeries>,
): Promise<MeetingKey> => {
  const { community: communityCode, title, place, schedule, presiderId, endsOn, reviewed } = body
  const tree = await deps.directory.regions.tree()
  if (tree.get(communityCode)?.level !== 'community' || !standingAt(actor, tree, communityCode).manages)
    throw new AppError('forbidden')
  assertPublishable(reviewed, { title, place })
  await assertMayPreside(tx, deps, communityCode, presiderId)
  const at = deps.clock.now()
  const today = civilDate(at)
  const startsOn = body.startsOn ?? today
  if (endsOn !== undefined && (endsOn < startsOn || endsOn < today)) {
    const detail = '最后一天不能早于开始的一天和今天'
    throw new AppError('unprocessable', {
      reason: 'series_ends_early',
      detail,
      errors: [{ path: 'body.endsOn', message: detail }],
    })
  }
  const key = { communityCode, id: newId(at) }
  const setBy = personOf(actor)
  const whole = { title, place, presiderId: presiderId ?? null, startsOn, endsOn: endsOn ?? null, setBy }
  await insertSeries(tx, { ...key, ...schedule, ...whole }, at)
  const record = { title, place, schedule, startsOn, endsOn: endsOn ?? null }
  await recordSeriesEvent(tx, deps, key, 'create', { by: setBy, at, record, personal: { presiderId } })
  const series = await lockSeries(tx, key)
  if (series) await prepareDrafts(tx, deps, series)
  return key
}
