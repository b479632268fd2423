import type { SpeakerState } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** Instants as ISO strings. */
export interface SpeakerRow {
  id: string
  personId: string
  nameCipher: string | null
  state: SpeakerState
  beganAt: string | null
  endedAt: string | null
  seconds: number | null
}

const LIST = `select s.id, s.person_id as "personId", p.name_cipher as "nameCipher", s.state, s.began_at as "beganAt",
    s.ended_at as "endedAt", s.seconds
  from speakers s join people p on p.id = s.person_id
  where s.community_code = $1 and s.meeting_id = $2 and s.state <> 'withdrawn' order by s.asked_at, s.id`

/** In the order in which they asked. */
export const listSpeakers = (on: Queryable, key: MeetingKey): Promise<SpeakerRow[]> =>
  prepared<SpeakerRow>(on, 'speakers', LIST, [key.communityCode, key.id])

const INSERT = `insert into speakers (community_code, id, meeting_id, person_id, state, asked_at)
  values ($1, $2, $3, $4, 'waiting', $5) on conflict do nothing`

/** Asking again while one waits or speaks changes nothing. */
export const insertSpeaker = async (tx: Tx, key: MeetingKey, id: string, personId: string, at: Date): Promise<void> => {
  await prepared(tx, 'speaker_insert', INSERT, [key.communityCode, id, key.id, personId, at.toISOString()])
}

const FIND = `select s.id, s.person_id as "personId", s.state from speakers s
  where s.community_code = $1 and s.meeting_id = $2 and s.id = $3`

export const findSpeaker = (
  tx: Tx,
  key: MeetingKey,
  id: string,
): Promise<Pick<SpeakerRow, 'id' | 'personId' | 'state'> | undefined> =>
  preparedOne(tx, 'speaker', FIND, [key.communityCode, key.id, id])

const BEGIN = `update speakers set state = 'speaking', began_at = $4, seconds = $5
  where community_code = $1 and meeting_id = $2 and id = $3`

export const beginSpeech = async (tx: Tx, key: MeetingKey, id: string, seconds: number, at: Date): Promise<void> => {
  await prepared(tx, 'speaker_begin', BEGIN, [key.communityCode, key.id, id, at.toISOString(), seconds])
}

const END = `update speakers set state = case when state = 'speaking' then 'spoken' else 'withdrawn' end, ended_at = $3
  where community_code = $1 and meeting_id = $2 and state in ('waiting', 'speaking')`

/** Ends a speech or a wish to speak. */
export const endSpeechRow = async (tx: Tx, key: MeetingKey, id: string, at: Date): Promise<void> => {
  await prepared(tx, 'speaker_end', `${END} and id = $4`, [key.communityCode, key.id, at.toISOString(), id])
}

/** Ends the speech of whoever has the floor. */
export const endSpeaking = async (tx: Tx, key: MeetingKey, at: Date): Promise<void> => {
  await prepared(tx, 'speaker_end_speaking', `${END} and state = 'speaking'`, [
    key.communityCode,
    key.id,
    at.toISOString(),
  ])
}

/** Whoever leaves speaks no more. */
export const endSpeechesOf = async (tx: Tx, key: MeetingKey, personId: string, at: Date): Promise<void> => {
  await prepared(tx, 'speaker_end_of_person', `${END} and person_id = $4`, [
    key.communityCode,
    key.id,
    at.toISOString(),
    personId,
  ])
}

/** When the meeting ends. */
export const endAllSpeeches = async (tx: Tx, key: MeetingKey, at: Date): Promise<void> => {
  await prepared(tx, 'speaker_end_all', END, [key.communityCode, key.id, at.toISOString()])
}
