import type { Confirming, MinutesOperation } from '@tongxin/contract'
import { AppError } from '../../http/errors.ts'
import type { AttendanceRow, MeetingRow, Standing } from '../council/index.ts'
import type { ConfirmationRow, MinutesRow } from './minutes.queries.ts'

/** How a person stands to the minutes of one meeting. */
export interface MinutesStanding {
  personId: string | null
  /** Writes them: whoever presided, and staff who organize meetings. */
  writes: boolean
  attended: boolean
  /** Reads names, and what is not confirmed yet. */
  inside: boolean
  confirmsAs: Confirming | null
}

const isMember = (row: AttendanceRow) => row.class !== 'staff'

/** Whose place at the council it was: a member's and their deputy's are one. */
export const seatOf = ({ standsFor, personId }: Pick<AttendanceRow, 'standsFor' | 'personId'>): string =>
  standsFor ?? personId

/** Whoever presided, or stood in for them, speaks for that and not among the other members. */
const chairsOf = (meeting: MeetingRow, confirmations: readonly Pick<ConfirmationRow, 'personId' | 'as'>[]) =>
  new Set([meeting.presiderId, ...confirmations.filter(({ as }) => as === 'secretary').map(({ personId }) => personId)])

/** @param chairGone who presided has no place at the council any more: the secretary stands in */
export const minutesStanding = (
  meeting: MeetingRow,
  standing: Standing,
  attendance: readonly AttendanceRow[],
  chairGone: boolean,
): MinutesStanding => {
  const { personId } = standing
  const own = attendance.find((row) => row.personId === personId)
  const presided = personId !== null && meeting.presiderId === personId
  const member = own !== undefined && isMember(own)
  const standsIn = standing.secretary && chairGone
  return {
    personId,
    writes: presided || standing.manages,
    attended: presided || own !== undefined,
    inside: standing.inside || presided || own !== undefined,
    // Whoever stands in for the chair does not also count among the members.
    confirmsAs: presided ? 'chair' : standsIn ? 'secretary' : member ? 'member' : null,
  }
}

/**
 * Two of the other members who were there, or as many as there were: no minutes wait for somebody who does not exist.
 * A member and their deputy are one; whoever left the product says nothing any more.
 * @param confirmations so far; whoever stood in for the chair is no other member
 */
export const membersNeeded = (
  meeting: MeetingRow,
  attendance: readonly AttendanceRow[],
  confirmations: readonly Pick<ConfirmationRow, 'personId' | 'as'>[],
): number => {
  const chairs = chairsOf(meeting, confirmations)
  const others = attendance.filter((row) => isMember(row) && !row.anonymised && !chairs.has(row.personId))
  return Math.min(2, new Set(others.map(seatOf)).size)
}

/** How many of the members' seats have given their word. */
export const membersConfirmed = (
  attendance: readonly AttendanceRow[],
  confirmations: readonly Pick<ConfirmationRow, 'personId' | 'as'>[],
): number => {
  const seats = new Map(attendance.map((row) => [row.personId, seatOf(row)]))
  const members = confirmations.filter(({ as }) => as === 'member')
  return new Set(members.map(({ personId }) => seats.get(personId) ?? personId)).size
}

const REASONS = {
  minutes_locked: '纪要已确认定稿，不能再改动',
  published: '纪要正在征求意见，要修改请先退回',
  not_published: '纪要还没有征求意见',
  amendments_over: '征求意见已截止',
  amendments_running: '征求意见期未满，还不能确认',
  amendments_unanswered: '还有修改意见没有答复',
  already_confirmed: '您已经确认过这一版',
} as const
type Reason = keyof typeof REASONS

/** What the rules ask about besides who asks. */
export interface Situation {
  minutes: Pick<MinutesRow, 'state' | 'amendUntil'>
  openAmendments: number
  confirmed: ReadonlySet<string>
  now: Date
}

/** The time for amendments has passed. */
export const isOver = ({ minutes: { amendUntil }, now }: Situation) =>
  amendUntil !== null && now.getTime() > Date.parse(amendUntil)

interface Operation {
  by: (standing: MinutesStanding) => boolean
  /** Why not as things stand; null when it may be done. */
  unless: (situation: Situation, standing: MinutesStanding) => Reason | null
}

const writer: Operation['by'] = ({ writes }) => writes
const inDraft: Operation['unless'] = ({ minutes: { state } }) => (state === 'draft' ? null : 'published')
const published: Operation['unless'] = ({ minutes: { state } }) => (state === 'amending' ? null : 'not_published')

const OPERATIONS: Record<MinutesOperation, Operation> = {
  revise: { by: writer, unless: inDraft },
  publish: { by: writer, unless: inDraft },
  take_back: { by: writer, unless: published },
  propose_amendment: {
    by: ({ attended }) => attended,
    unless: (situation, standing) => published(situation, standing) ?? (isOver(situation) ? 'amendments_over' : null),
  },
  answer_amendment: { by: writer, unless: () => null },
  confirm: {
    by: ({ confirmsAs }) => confirmsAs !== null,
    unless: (situation, standing) => {
      const early = published(situation, standing) ?? (isOver(situation) ? null : 'amendments_running')
      if (early) return early
      if (situation.openAmendments > 0) return 'amendments_unanswered'
      return situation.confirmed.has(standing.personId ?? '') ? 'already_confirmed' : null
    },
  },
}

const whyNot = (operation: MinutesOperation, situation: Situation, standing: MinutesStanding): Reason | null =>
  situation.minutes.state === 'confirmed' ? 'minutes_locked' : OPERATIONS[operation].unless(situation, standing)

/** @throws AppError forbidden, with the reason not_an_attendee where being there is what counts */
export const assertMay = (operation: MinutesOperation, standing: MinutesStanding): void => {
  if (OPERATIONS[operation].by(standing)) return
  if (operation !== 'propose_amendment' && operation !== 'confirm') throw new AppError('forbidden')
  const detail = operation === 'confirm' ? '只有主持人和到会的成员可以确认纪要' : '只有到会的人可以提修改意见'
  throw new AppError('forbidden', { reason: 'not_an_attendee', detail })
}

/** @throws AppError action_refused, with what stands in the way as reason */
export const assertPossible = (operation: MinutesOperation, situation: Situation, standing: MinutesStanding): void => {
  const reason = whyNot(operation, situation, standing)
  if (reason) throw new AppError('action_refused', { reason, detail: REASONS[reason] })
}

export const allowedOn = (situation: Situation, standing: MinutesStanding): MinutesOperation[] =>
  (Object.keys(OPERATIONS) as MinutesOperation[]).filter(
    (operation) =>
      OPERATIONS[operation].by(standing) &&
      whyNot(operation, situation, standing) === null &&
      (operation !== 'answer_amendment' || situation.openAmendments > 0),
  )
