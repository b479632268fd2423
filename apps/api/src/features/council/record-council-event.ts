import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { appendEvent, type ChainedEvent } from '../../evidence/append-event.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** What is done with a meeting beside the operations that are routes of their own. */
export type MeetingEvent =
  | 'create'
  | 'change'
  | 'set_agenda'
  | 'bring_along'
  | 'attach_papers'
  | 'remove_paper'
  | 'set_guests'
  | 'announce'
  | 'answer'
  | 'invite'
  | 'open'
  | 'take_up'
  | 'finish'
  | 'note'
  | 'check_in'
  | 'leave'
  | 'hand_over'
  | 'give_proxy'
  | 'end_proxy'
  | 'close'
  | 'cancel'
  | 'draft_minutes'
  | 'revise_minutes'
  | 'publish_minutes'
  | 'take_back_minutes'
  | 'propose_amendment'
  | 'answer_amendment'
  | 'confirm_minutes'
  | 'lock_minutes'

/** The last six of an owners' vote: who is on its roll, a vote, an objection to one, a paper somebody read, and proxies. */
type MotionEvent =
  | 'propose'
  | 'amend'
  | 'accept'
  | 'put'
  | 'open_ballot'
  | 'cast'
  | 'count'
  | 'withdraw'
  | 'freeze_roll'
  | 'vote_head'
  | 'object_to_vote'
  | 'enter_paper'
  | 'give_proxy'
  | 'end_proxy'

interface Happened {
  from: string | null
  to: string
  /** Null when the product did it by itself. */
  by: string | null
  /** The moment that the rows say, too. */
  at: Date
  record?: Record<string, unknown>
  personal?: Record<string, unknown>
}

const record = async (
  tx: Tx,
  { config }: Pick<Deps, 'config'>,
  subjectType: 'meeting' | 'motion',
  key: MeetingKey,
  action: string,
  { from, to, by, at, record = {}, personal = {} }: Happened,
): Promise<ChainedEvent> =>
  appendEvent(
    tx,
    {
      communityCode: key.communityCode,
      subjectType,
      subjectId: key.id,
      action,
      from,
      to,
      occurredAt: at,
      recordedAt: at,
      record,
      personal: { by, ...personal },
    },
    config.evidenceHash,
  )

/** Every step of a meeting stands in a chain of its own; the caller holds the meeting's lock. */
export const recordMeetingEvent = (tx: Tx, deps: Deps, key: MeetingKey, action: MeetingEvent, it: Happened) =>
  record(tx, deps, 'meeting', key, action, it)

/** As does every motion put to it; the caller holds the lock of its meeting. */
export const recordMotionEvent = (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  action: MotionEvent,
  it: Happened,
): Promise<ChainedEvent> => record(tx, deps, 'motion', key, action, it)
