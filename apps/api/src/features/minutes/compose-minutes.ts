import { type MinutesContent, type MinutesItem, makePublicId, type PastResolution } from '@tongxin/contract'
import type { State } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'
import {
  type AgendaRow,
  type AttendanceRow,
  listAgenda,
  listAttendance,
  listMotions,
  listPapers,
  type MeetingKey,
  type MeetingRow,
  type PaperRow,
  presentMotion,
  sittingQuorum,
} from '../council/index.ts'
import { type DecisionRow, listDecisions, listPast, type PastRow } from './composition.queries.ts'
import { seatOf } from './minutes.policy.ts'

/** More would be a year's report. */
const MOST_PAST = 50

/** Where the promised date has something left to be kept. */
const DUE: ReadonlySet<State> = new Set<State>(['accepted', 'adopted', 'dispatched', 'handling', 'verifying'])

export const presentPast = (communityCode: string, row: PastRow, now: Date): PastResolution => ({
  ...row,
  issueId: makePublicId(communityCode, row.issueId),
  meetingId: makePublicId(communityCode, row.meetingId),
  overdue: DUE.has(row.state) && row.dueAt !== null && Date.parse(row.dueAt) < now.getTime(),
})

const OUTCOMES = {
  adopt: 'adopted',
  dismiss: 'dismissed',
  defer: 'deferred',
  unschedule: 'dropped',
  withdraw: 'dropped',
} as const

const NOT_TAKEN_UP = '散会前未及审议'

/** The item's end at this meeting; undefined for what was taken off before it began. */
const endOf = (
  state: string,
  decision: DecisionRow | undefined,
): Pick<MinutesItem, 'outcome' | 'reason' | 'resolution'> | undefined => {
  if (decision) {
    const { action, reason, resolution } = decision
    // What a raiser wrote on withdrawing is theirs.
    const said = action === 'adopt' ? null : action === 'withdraw' ? '提出人撤回' : reason
    return { outcome: OUTCOMES[action], reason: said, resolution: action === 'adopt' ? resolution : null }
  }
  if (state === 'heard') return { outcome: 'heard', reason: null, resolution: null }
  return state === 'dropped' ? undefined : { outcome: 'deferred', reason: NOT_TAKEN_UP, resolution: null }
}

const figures = (meeting: MeetingRow, attendance: readonly AttendanceRow[]): MinutesContent['attendance'] => {
  // A member who came after their deputy took the same seat.
  const came = (as: AttendanceRow['class']) => new Set(attendance.filter((row) => row.class === as).map(seatOf)).size
  const present = {
    representative: came('representative'),
    party_member: came('party_member'),
    unit_member: came('unit_member'),
    staff_member: came('staff_member'),
  }
  const { representatives, partyMembers, unitMembers, staffMembers } = sittingQuorum(meeting, present)
  const seats = { ...(unitMembers && { unitMembers }), ...(staffMembers && { staffMembers }) }
  return { representatives, partyMembers, ...seats, staff: came('staff') }
}

export interface Notes {
  /** By the item's id within the community. */
  items: ReadonlyMap<string, string>
  remarks: string
}

/** What was written down in session, as it may be read in public: the recorder sees it before anybody else. */
export const notesInSession = async (on: Queryable, meeting: MeetingKey): Promise<Notes> => {
  const agenda = await listAgenda(on, meeting)
  return { items: new Map(agenda.map(({ id, note }) => [id, deIdentify(note ?? '').text])), remarks: '' }
}

/** What an item brought with it that is not the matter's own. */
const broughtBy = (
  { id, kind, text, publicTitle, presenterUnit, presenterAffiliation }: AgendaRow,
  papers: readonly PaperRow[],
): Pick<MinutesItem, 'kind' | 'text' | 'presenter' | 'papers'> => {
  const presenter = presenterUnit ?? presenterAffiliation
  // Those of a matter that is not public tell of it as its title would.
  const own = publicTitle === null ? [] : papers.filter(({ itemId }) => itemId === id)
  const attached = own.map(({ title, hash }) => ({ title, hash }))
  return {
    kind,
    ...(text !== null && { text }),
    ...(presenter !== null && { presenter }),
    ...(attached.length > 0 && { papers: attached }),
  }
}

/**
 * The text of a meeting's minutes as its records make it, with what the recorder wrote.
 * @throws AppError meeting_wrong_state for a meeting that did not sit, or has not ended
 */
export const composeMinutes = async (
  on: Queryable,
  { clock, directory }: Deps,
  meeting: MeetingRow,
  number: string,
  notes: Notes,
): Promise<MinutesContent> => {
  const { communityCode, openedAt, endedAt, title, place, heldAt } = meeting
  if (openedAt === null || endedAt === null) throw new AppError('meeting_wrong_state')
  const [agenda, papers, motions, attendance, past, tree] = await Promise.all([
    listAgenda(on, meeting),
    listPapers(on, meeting),
    listMotions(on, meeting),
    listAttendance(on, meeting),
    listPast(on, meeting, { before: openedAt, inside: false, after: null, limit: MOST_PAST }),
    directory.regions.tree(),
  ])
  const ids = agenda.flatMap(({ issueId }) => issueId ?? [])
  const decisions = await listDecisions(on, meeting, ids, openedAt)
  const items = agenda.flatMap((row) => {
    const { id: itemId, number: of, publicTitle, state } = row
    const end = endOf(
      state,
      decisions.findLast((one) => one.issueId === itemId),
    )
    if (!end) return []
    const put = motions.filter((motion) => motion.issueId === itemId).map(presentMotion)
    return {
      issueId: makePublicId(communityCode, itemId),
      ...broughtBy(row, papers),
      number: of,
      title: publicTitle,
      ...end,
      motions: put.map(({ id, amends, text, originalText, rule, proposes, state: is, result, proposal, voting }) => ({
        id,
        ...(amends !== null && { amends }),
        text,
        ...(originalText !== null && { originalText }),
        rule,
        proposes,
        state: is,
        result,
        proposal,
        method: voting.method,
        place: voting.place,
        ...(voting.turnout && { rolled: voting.turnout.entitled, cast: voting.turnout.cast }),
      })),
      note: notes.items.get(itemId) ?? '',
    }
  })
  return {
    number,
    communityCode,
    communityName: tree.get(communityCode)?.name ?? communityCode,
    title,
    place,
    heldAt,
    openedAt,
    endedAt,
    attendance: figures(meeting, attendance),
    items,
    past: past.map((row) => presentPast(communityCode, row, clock.now())),
    remarks: notes.remarks,
  }
}
