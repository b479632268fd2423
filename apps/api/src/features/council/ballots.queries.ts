import type { Choice } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'

const VOTE = `select v.choice, v.seq, v.cast_at as "castAt", e.hash from open_votes v
    join events e on e.community_code = v.community_code and e.subject_type = 'motion' and e.subject_id = v.motion_id
      and e.seq = v.seq
  where v.community_code = $1 and v.motion_id = $2 and v.person_id = $3`

export interface VoteRow {
  choice: Choice
  seq: number
  castAt: string
  hash: string
}

export const findVote = (on: Queryable, key: MeetingKey, personId: string): Promise<VoteRow | undefined> =>
  preparedOne<VoteRow>(on, 'vote', VOTE, [key.communityCode, key.id, personId])

const HAS_VOTED = 'select from open_votes where community_code = $1 and motion_id = $2 and person_id = $3'

export const hasVoted = async (on: Queryable, key: MeetingKey, personId: string): Promise<boolean> =>
  (await preparedOne(on, 'vote_there', HAS_VOTED, [key.communityCode, key.id, personId])) !== undefined

const INSERT_VOTE = `insert into open_votes (community_code, motion_id, person_id, cast_by, choice, cast_at, seq)
  values ($1, $2, $3, $4, $5, $6, $7)`

export const insertVote = async (
  tx: Tx,
  key: MeetingKey,
  it: { personId: string; castBy: string; choice: Choice; at: Date; seq: number },
): Promise<void> => {
  const values = [key.communityCode, key.id, it.personId, it.castBy, it.choice, it.at.toISOString(), it.seq]
  await prepared(tx, 'vote_insert', INSERT_VOTE, values)
}

/** As it is published and verified. */
export interface Paper {
  token: string
  choice: Choice
  signature: string
}

const INSERT_BALLOT = `insert into secret_ballots (community_code, motion_id, token, choice, signature)
  values ($1, $2, $3, $4, $5) on conflict do nothing returning 1 as done`

/** False when a ballot with this token is there already. */
export const insertBallot = async (tx: Tx, key: MeetingKey, it: Paper): Promise<boolean> => {
  const values = [key.communityCode, key.id, it.token, it.choice, it.signature]
  return (await prepared(tx, 'ballot_insert', INSERT_BALLOT, values)).length > 0
}

const BALLOT = `select token, choice, signature from secret_ballots where community_code = $1 and motion_id = $2 and token = $3`

export const findPaper = (on: Queryable, key: MeetingKey, token: string): Promise<Paper | undefined> =>
  preparedOne<Paper>(on, 'ballot_one', BALLOT, [key.communityCode, key.id, token])

// By bytes: anybody sorts the list the same way, whatever the language of their machine.
const LIST = `select token, choice, signature from secret_ballots where community_code = $1 and motion_id = $2
  order by token collate "C"`

export const listPapers = (on: Queryable, key: MeetingKey): Promise<Paper[]> =>
  prepared<Paper>(on, 'ballots', LIST, [key.communityCode, key.id])

const CLEAR = 'delete from secret_ballots where community_code = $1 and motion_id = $2'
const LAY_DOWN = `insert into secret_ballots (community_code, motion_id, token, choice, signature)
  select $1, $2, x.token, x.choice, x.signature
  from unnest($3::text[], $4::text[], $5::text[]) with ordinality x (token, choice, signature, n) order by x.n`

/** The ballots in this order and all in one go, whichever way they came. */
export const rewriteBallots = async (tx: Tx, key: MeetingKey, papers: readonly Paper[]): Promise<void> => {
  await prepared(tx, 'ballots_clear', CLEAR, [key.communityCode, key.id])
  if (papers.length === 0) return
  await prepared(tx, 'ballots_lay_down', LAY_DOWN, [
    key.communityCode,
    key.id,
    papers.map(({ token }) => token),
    papers.map((paper) => paper.choice),
    papers.map(({ signature }) => signature),
  ])
}

const INSERT_KEY = 'insert into ballot_keys (community_code, motion_id, private_key_cipher) values ($1, $2, $3)'

export const insertBallotKey = async (tx: Tx, key: MeetingKey, privateKeyCipher: string): Promise<void> => {
  await prepared(tx, 'ballot_key_insert', INSERT_KEY, [key.communityCode, key.id, privateKeyCipher])
}

const KEY = `select private_key_cipher as "privateKeyCipher" from ballot_keys where community_code = $1 and motion_id = $2`

export const findBallotKey = async (on: Queryable, key: MeetingKey): Promise<string | undefined> =>
  (await preparedOne<{ privateKeyCipher: string }>(on, 'ballot_key', KEY, [key.communityCode, key.id]))
    ?.privateKeyCipher

const DROP_KEY = 'delete from ballot_keys where community_code = $1 and motion_id = $2'

export const deleteBallotKey = async (tx: Tx, key: MeetingKey): Promise<void> => {
  await prepared(tx, 'ballot_key_delete', DROP_KEY, [key.communityCode, key.id])
}
