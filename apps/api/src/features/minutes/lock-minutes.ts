import type { MinutesOperation } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import {
  type AttendanceRow,
  assertMayRead,
  listAttendance,
  listPlaces,
  lockMeeting,
  type MeetingKey,
  type MeetingRow,
  standingAt,
} from '../council/index.ts'
import { type AmendmentRow, listAmendments } from './amendments.queries.ts'
import { assertMay, assertPossible, type MinutesStanding, minutesStanding, type Situation } from './minutes.policy.ts'
import { type ConfirmationRow, findMinutes, listConfirmations, type MinutesRow } from './minutes.queries.ts'

/** The minutes with all that is asked about them. */
export interface WholeMinutes {
  meeting: MeetingRow
  minutes: MinutesRow
  attendance: AttendanceRow[]
  amendments: AmendmentRow[]
  confirmations: ConfirmationRow[]
  standing: MinutesStanding
}

/** How this person stands to the meeting's minutes. */
export const standingOf = async (
  on: Queryable,
  deps: Deps,
  meeting: MeetingRow,
  attendance: readonly AttendanceRow[],
  actor: Actor,
): Promise<MinutesStanding> => {
  const { communityCode, presiderId } = meeting
  const tree = await deps.directory.regions.tree()
  const standing = standingAt(actor, tree, communityCode)
  const chairGone =
    standing.secretary &&
    presiderId !== null &&
    (await listPlaces(on, tree, communityCode, presiderId, deps.clock.now())).length === 0
  return minutesStanding(meeting, standing, attendance, chairGone)
}

/** @throws AppError not_found where there are none, or none this person may know of yet */
export const gatherMinutes = async (
  on: Queryable,
  deps: Deps,
  meeting: MeetingRow | undefined,
  actor: Actor,
): Promise<WholeMinutes> => {
  if (!meeting) throw new AppError('not_found')
  const [minutes, attendance, amendments] = await Promise.all([
    findMinutes(on, meeting),
    listAttendance(on, meeting),
    listAmendments(on, meeting),
  ])
  if (!minutes) throw new AppError('not_found')
  const standing = await standingOf(on, deps, meeting, attendance, actor)
  if (minutes.state !== 'confirmed' && !standing.inside) throw new AppError('not_found')
  const confirmations = await listConfirmations(on, meeting, minutes.version)
  return { meeting, minutes, attendance, amendments, confirmations, standing }
}

export const situationOf = ({ minutes, amendments, confirmations }: WholeMinutes, now: Date): Situation => ({
  minutes,
  openAmendments: amendments.filter(({ state }) => state === 'open').length,
  confirmed: new Set(confirmations.map(({ personId }) => personId)),
  now,
})

/** The meeting, locked. @throws AppError not_found */
export const lockReadable = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor): Promise<MeetingRow> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  return assertMayRead(await lockMeeting(tx, key), standing)
}

/**
 * Locks the meeting, and its minutes with it, for an operation of this person's.
 * @param version what the caller saw; left out where being out of date does no harm
 * @throws AppError not_found, forbidden, stale_version, action_refused
 */
export const lockMinutes = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  operation: MinutesOperation,
  version?: number,
): Promise<WholeMinutes> => {
  const whole = await gatherMinutes(tx, deps, await lockReadable(tx, deps, key, actor), actor)
  assertMay(operation, whole.standing)
  // What is locked is locked whatever the caller saw of it.
  const { state, version: current } = whole.minutes
  if (state !== 'confirmed' && version !== undefined && version !== current) throw new AppError('stale_version')
  assertPossible(operation, situationOf(whole, deps.clock.now()), whole.standing)
  return whole
}
