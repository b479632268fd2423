import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { SealedPerson } from '../people/index.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** What those invited are told of, each word in an SMS of its own. */
export type MeetingWord = 'announced' | 'changed' | 'reminder' | 'cancelled' | 'withdrawn'
/** And of its minutes, by version. */
export type MinutesWord = 'amend' | 'confirm'
/** And of a proxy that staff entered in their name. */
type ProxyWord = 'proxy'

const REACHABLE = `select id, name_cipher as "nameCipher", phone_cipher as "phoneCipher" from people
  where id = (select coalesce(m.merged_into, m.id) from people m where m.id = $1)
    and anonymised_at is null and phone_cipher is not null`

/** Whom a message to this person reaches: where their record was merged into another since it was to be sent, who is kept. */
export const findReachable = (on: Queryable, personId: string): Promise<SealedPerson | undefined> =>
  preparedOne<SealedPerson>(on, 'invited_phone', REACHABLE, [personId])

const SENT = `insert into meeting_messages (community_code, meeting_id, person_id, word, sequence, sent_at)
  values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1 as done`

/** False when this word went to this person already. */
export const insertMessage = async (
  tx: Tx,
  key: MeetingKey,
  { personId, word, sequence }: { personId: string; word: MeetingWord | MinutesWord | ProxyWord; sequence: number },
  at: Date,
): Promise<boolean> => {
  const values = [key.communityCode, key.id, personId, word, sequence, at.toISOString()]
  return (await prepared(tx, 'invited_told', SENT, values)).length > 0
}
