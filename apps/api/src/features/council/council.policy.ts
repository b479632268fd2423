import { type MeetingOperation, type MeetingState, PERMISSIONS } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'
import type { MeetingRow } from './meetings.queries.ts'
import type { MotionRow } from './motions.queries.ts'

const MEMBERS: ReadonlySet<Role> = new Set<Role>(['representative', 'party_member'])
const OWN_STAFF: readonly Role[] = ['grid_worker', 'officer', 'secretary']
const READERS: readonly Role[] = [...OWN_STAFF, 'supervisor']

/** How a person stands to the council of one community. */
export interface Standing {
  personId: string | null
  /** Organizes its meetings. */
  manages: boolean
  secretary: boolean
  /** Has a seat, or organizes. */
  attends: boolean
  /** Reads drafts, and who was there. */
  inside: boolean
  /** Reads who voted what, and for whom: never those who only supervise. */
  seesVotes: boolean
}

/** A representative's grant may be for one grid: it speaks for that grid at the community's council. */
export const isMember = (actor: Actor, tree: RegionTree, communityCode: string): boolean =>
  actor.grants.some(
    ({ role, regionCode }) =>
      MEMBERS.has(role) && (tree.covers(regionCode, communityCode) || tree.communityOf(regionCode) === communityCode),
  )

export const standingAt = (actor: Actor, tree: RegionTree, communityCode: string): Standing => {
  const manages = holdsOver(tree, actor, PERMISSIONS['meetings.manage'].roles, communityCode)
  const member = isMember(actor, tree, communityCode)
  return {
    personId: actor.personId,
    manages,
    secretary: holdsOver(tree, actor, ['secretary'], communityCode),
    attends: manages || member,
    inside: member || holdsOver(tree, actor, READERS, communityCode),
    seesVotes: member || holdsOver(tree, actor, OWN_STAFF, communityCode),
  }
}

/** @throws AppError not_found for what somebody outside was not told of: a draft, also once it is cancelled */
export const assertMayRead = (meeting: MeetingRow | undefined, standing: Standing): MeetingRow => {
  if (!meeting || (!meeting.told && !standing.inside)) throw new AppError('not_found')
  return meeting
}

const presides = ({ presiderId }: MeetingRow, { personId }: Standing) => personId !== null && presiderId === personId

interface Operation {
  in: readonly MeetingState[]
  by: (meeting: MeetingRow, standing: Standing) => boolean
}

const manager: Operation['by'] = (_, { manages }) => manages
const attendee: Operation['by'] = (_, { attends }) => attends
const chair: Operation['by'] = presides
const chairOrManager: Operation['by'] = (meeting, standing) => presides(meeting, standing) || standing.manages
const BEFORE = ['draft', 'announced'] as const

/** Which operation belongs to which states of a meeting, and to whom: the routes and the buttons follow it. */
const OPERATIONS: Record<MeetingOperation, Operation> = {
  change: { in: BEFORE, by: manager },
  // Frozen with the notice: what was not on the posted agenda cannot be voted on.
  set_agenda: { in: ['draft'], by: manager },
  attach_papers: { in: BEFORE, by: manager },
  // What should not have been published goes at any time.
  remove_papers: { in: ['draft', 'announced', 'in_session', 'closed', 'cancelled'], by: manager },
  set_guests: { in: BEFORE, by: manager },
  announce: { in: ['draft'], by: manager },
  open: { in: ['announced'], by: chairOrManager },
  check_in: { in: ['in_session'], by: attendee },
  show_code: { in: ['in_session'], by: chairOrManager },
  ask_floor: { in: ['in_session'], by: attendee },
  give_floor: { in: ['in_session'], by: chair },
  leave: { in: ['in_session'], by: attendee },
  check_in_others: { in: ['in_session'], by: manager },
  record_proxy: { in: ['draft', 'announced', 'in_session'], by: manager },
  hand_over: {
    in: ['in_session', 'closed'],
    by: (meeting, standing) => presides(meeting, standing) || standing.secretary,
  },
  take_up: { in: ['in_session'], by: chair },
  note: { in: ['in_session'], by: chairOrManager },
  propose: { in: ['in_session'], by: chair },
  amend: { in: ['in_session'], by: chair },
  put: { in: ['in_session'], by: chair },
  // Whoever moved what would be amended, whom the command knows; the chair puts on record what they said.
  accept: { in: ['in_session'], by: attendee },
  count: { in: ['in_session'], by: chair },
  end_ballot: { in: ['in_session', 'closed'], by: chair },
  close: { in: ['in_session'], by: chairOrManager },
  cancel: { in: ['draft', 'announced', 'in_session'], by: manager },
}

/** @throws AppError forbidden; meeting_wrong_state */
export const assertMay = (operation: MeetingOperation, meeting: MeetingRow, standing: Standing): void => {
  const { in: states, by } = OPERATIONS[operation]
  if (!by(meeting, standing)) throw new AppError('forbidden')
  if (!states.includes(meeting.state)) throw new AppError('meeting_wrong_state')
}

/** A motion that is not decided yet. */
type Voted = Pick<MotionRow, 'id' | 'amendsId' | 'state' | 'place' | 'moverId'>

const moverOfAmended = (votedOn: readonly Voted[]): string | null | undefined => {
  const amendment = votedOn.find(({ amendsId, state }) => amendsId !== null && state === 'moved')
  return amendment && votedOn.find(({ id }) => id === amendment.amendsId)?.moverId
}

export const allowedOn = (
  meeting: MeetingRow,
  standing: Standing,
  { present, votedOn, undecided }: { present: boolean; votedOn: readonly Voted[]; undecided: boolean },
): MeetingOperation[] =>
  (Object.keys(OPERATIONS) as MeetingOperation[]).filter((operation) => {
    const { in: states, by } = OPERATIONS[operation]
    if (!states.includes(meeting.state) || !by(meeting, standing)) return false
    switch (operation) {
      case 'check_in':
        return !present
      case 'ask_floor':
        return present
      case 'leave':
        // Whoever presides hands over before they go.
        return present && !presides(meeting, standing)
      case 'hand_over':
        return meeting.state === 'in_session' || undecided
      case 'propose':
      case 'close':
        return !votedOn.some(({ place }) => place === 'room')
      case 'cancel':
        return votedOn.length === 0
      case 'count':
        return votedOn.some(({ place, state }) => place === 'room' && state === 'open')
      case 'amend':
        return votedOn.some(({ state }) => state === 'moved') && votedOn.every(({ amendsId }) => amendsId === null)
      case 'put':
        // What amends it is decided first.
        return (
          votedOn.some(({ state }) => state === 'moved') && !votedOn.some((one) => one.amendsId && one.state === 'open')
        )
      case 'accept': {
        const mover = moverOfAmended(votedOn)
        return mover !== undefined && (presides(meeting, standing) || mover === standing.personId)
      }
      case 'end_ballot':
        return votedOn.length > 0
      default:
        return true
    }
  })
