import type { Confirming, MinutesContent, MinutesState } from '@tongxin/contract'
import type { HashName } from '@tongxin/evidence'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from '../council/index.ts'

/** Instants as ISO strings. */
export interface MinutesRow {
  communityCode: string
  meetingId: string
  state: MinutesState
  content: MinutesContent
  contentHash: string
  hashName: HashName
  version: number
  draftedBy: string
  recorderNameCipher: string | null
  draftedAt: string
  publishedAt: string | null
  amendUntil: string | null
  confirmedAt: string | null
}

const ONE = `select m.community_code as "communityCode", m.meeting_id as "meetingId", m.state, m.content,
    m.content_hash as "contentHash", m.hash_name as "hashName", m.version, m.drafted_by as "draftedBy",
    p.name_cipher as "recorderNameCipher", m.drafted_at as "draftedAt", m.published_at as "publishedAt",
    m.amend_until as "amendUntil", m.confirmed_at as "confirmedAt"
  from minutes m join people p on p.id = m.drafted_by where m.community_code = $1 and m.meeting_id = $2`

/** Whoever changes them holds the lock of their meeting. */
export const findMinutes = (on: Queryable, { communityCode, id }: MeetingKey): Promise<MinutesRow | undefined> =>
  preparedOne<MinutesRow>(on, 'minutes', ONE, [communityCode, id])

const INSERT = `insert into minutes
  (community_code, meeting_id, state, content, content_hash, hash_name, version, drafted_by, drafted_at)
  values ($1, $2, 'draft', $3, $4, $5, 1, $6, $7)`

export const insertMinutes = async (
  tx: Tx,
  key: MeetingKey,
  it: { content: MinutesContent; contentHash: string; hashName: HashName; by: string; at: Date },
): Promise<void> => {
  const { content, contentHash, hashName, by, at } = it
  const written = [JSON.stringify(content), contentHash, hashName, by, at.toISOString()]
  await prepared(tx, 'minutes_insert', INSERT, [key.communityCode, key.id, ...written])
}

const UPDATE = `update minutes set state = $3, content = $4, content_hash = $5, hash_name = $6, version = $7, published_at = $8,
    amend_until = $9, confirmed_at = $10
  where community_code = $1 and meeting_id = $2`

/** Writes the minutes as they are now. The caller holds the meeting's lock. */
export const saveMinutes = async (tx: Tx, row: MinutesRow): Promise<void> => {
  await prepared(tx, 'minutes_update', UPDATE, [
    row.communityCode,
    row.meetingId,
    row.state,
    JSON.stringify(row.content),
    row.contentHash,
    row.hashName,
    row.version,
    row.publishedAt,
    row.amendUntil,
    row.confirmedAt,
  ])
}

export interface ConfirmationRow {
  personId: string
  nameCipher: string | null
  as: Confirming
  at: string
}

const CONFIRMATIONS = `select c.person_id as "personId", p.name_cipher as "nameCipher", c.as, c.at
  from minutes_confirmations c join people p on p.id = c.person_id
  where c.community_code = $1 and c.meeting_id = $2 and c.version = $3 order by c.at, c.person_id`

/** Those of this version. */
export const listConfirmations = (on: Queryable, key: MeetingKey, version: number): Promise<ConfirmationRow[]> =>
  prepared<ConfirmationRow>(on, 'minutes_confirmations', CONFIRMATIONS, [key.communityCode, key.id, version])

const CONFIRM = `insert into minutes_confirmations (community_code, meeting_id, person_id, version, "as", at)
  values ($1, $2, $3, $4, $5, $6)`

export const insertConfirmation = async (
  tx: Tx,
  key: MeetingKey,
  it: { personId: string; version: number; as: Confirming; at: Date },
): Promise<void> => {
  const values = [key.communityCode, key.id, it.personId, it.version, it.as, it.at.toISOString()]
  await prepared(tx, 'minutes_confirm', CONFIRM, values)
}
