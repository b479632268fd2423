import type { AmendmentState } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { MeetingKey } from '../council/index.ts'

export interface AmendmentRow {
  id: string
  personId: string
  nameCipher: string | null
  /** The item meant; null for the remarks. */
  issueId: string | null
  text: string
  state: AmendmentState
  reply: string | null
  proposedAt: string
  answeredAt: string | null
}

const LIST = `select a.id, a.person_id as "personId", p.name_cipher as "nameCipher", a.issue_id as "issueId", a.text, a.state, a.reply,
    a.proposed_at as "proposedAt", a.answered_at as "answeredAt"
  from minutes_amendments a join people p on p.id = a.person_id
  where a.community_code = $1 and a.meeting_id = $2 order by a.proposed_at, a.id`

export const listAmendments = (on: Queryable, key: MeetingKey): Promise<AmendmentRow[]> =>
  prepared<AmendmentRow>(on, 'minutes_amendments', LIST, [key.communityCode, key.id])

const INSERT = `insert into minutes_amendments (community_code, id, meeting_id, person_id, issue_id, text, state, proposed_at)
  values ($1, $2, $3, $4, $5, $6, 'open', $7)`

export const insertAmendment = async (
  tx: Tx,
  key: MeetingKey,
  it: { id: string; personId: string; issueId: string | null; text: string; at: Date },
): Promise<void> => {
  const values = [key.communityCode, it.id, key.id, it.personId, it.issueId, it.text, it.at.toISOString()]
  await prepared(tx, 'minutes_amendment_insert', INSERT, values)
}

const ANSWER = `update minutes_amendments set state = $3, reply = $4, answered_by = $5, answered_at = $6
  where community_code = $1 and id = $2`

export const saveAnswer = async (
  tx: Tx,
  key: MeetingKey,
  it: { id: string; state: 'accepted' | 'rejected'; reply: string; by: string; at: Date },
): Promise<void> => {
  const values = [key.communityCode, it.id, it.state, it.reply, it.by, it.at.toISOString()]
  await prepared(tx, 'minutes_amendment_answer', ANSWER, values)
}
