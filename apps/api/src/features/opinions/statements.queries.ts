import { STATEMENTS_EACH, type StatementState } from '@tongxin/contract'
import { asOne } from '../../db/as-one.ts'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import type { IssueKey } from '../issues/index.ts'

/** Where a statement stands: its tenant and its id there. */
export interface StatementKey {
  communityCode: string
  id: string
}

/** Instants as ISO strings. */
export interface StatementRow extends StatementKey {
  issueId: string
  /** Null once it was erased. */
  authorId: string | null
  text: string
  version: number
  state: StatementState
  raisedAt: string
  decidedAt: string | null
  reason: string | null
  /** As of the last map. */
  answers: number
}

const COLUMNS = `s.community_code as "communityCode", s.id, s.issue_id as "issueId", s.author_id as "authorId", s.text, s.text_version as version, s.state,
  s.raised_at as "raisedAt", s.decided_at as "decidedAt", s.reason, s.answers`
const ONE = `select ${COLUMNS} from statements s where s.community_code = $1 and s.id = $2`

export const lockStatement = (tx: Tx, key: StatementKey): Promise<StatementRow | undefined> =>
  preparedOne<StatementRow>(tx, 'statement_lock', `${ONE} for update`, [key.communityCode, key.id])

export const findStatement = (on: Queryable, key: StatementKey): Promise<StatementRow | undefined> =>
  preparedOne<StatementRow>(on, 'statement_find', ONE, [key.communityCode, key.id])

/** Stays as it is while it is being answered; others may answer it meanwhile. */
export const holdStatement = (tx: Tx, key: StatementKey): Promise<StatementRow | undefined> =>
  preparedOne<StatementRow>(tx, 'statement_hold', `${ONE} for share`, [key.communityCode, key.id])

const LOCK_PERSON = `select 1 as held from people where id = $1 for no key update`

/** An author on a matter; a hash stands for both where they may not be named, of each record that was merged into theirs as well. */
export interface Author {
  issue: IssueKey
  id: string
  hashes: readonly string[]
}

const authorHash = (cipher: Cipher, issue: IssueKey, id: string): string =>
  cipher.keyedHash(`statements:${issue.communityCode}:${issue.id}:${id}`)

export const authorOn = (cipher: Cipher, issue: IssueKey, actor: Actor): Author => {
  const id = personOf(actor)
  return { issue, id, hashes: [id, ...(actor.formerly ?? [])].map((each) => authorHash(cipher, issue, each)) }
}

/** With those erased since. */
const RAISED = `(select count(*)::int from statements where community_code = $1 and issue_id = $2 and author_id ${asOne('$3')})
  + coalesce((select sum(erased)::int from erased_statements
    where community_code = $1 and issue_id = $2 and author_hash = any($4::text[])), 0)`
const valuesOf = ({ issue, id, hashes }: Author) => [issue.communityCode, issue.id, id, hashes]

export const countRaised = async (on: Queryable, author: Author): Promise<number> => {
  const sql = `select ${RAISED} as raised`
  return (await preparedOne<{ raised: number }>(on, 'statements_raised', sql, valuesOf(author)))?.raised ?? 0
}

const COUNT_ERASED = `insert into erased_statements (community_code, issue_id, author_hash, erased) values ($1, $2, $3, 1)
  on conflict (community_code, issue_id, author_hash) do update set erased = erased_statements.erased + 1`

/** @param by under which id it was raised */
export const countErased = async (tx: Tx, cipher: Cipher, issue: IssueKey, by: string): Promise<void> => {
  const values = [issue.communityCode, issue.id, authorHash(cipher, issue, by)]
  await prepared(tx, 'statements_erased', COUNT_ERASED, values)
}

const MISCOUNTED = `select * from (
    select s.community_code as "communityCode", s.issue_id as "issueId", count(*)::int as recorded from events e
      join statements s on s.community_code = e.community_code and s.id = e.subject_id
    where e.subject_type = 'statement' and e.action = 'erase_personal' group by 1, 2) r
  full join (select community_code as "communityCode", issue_id as "issueId", sum(erased)::int as kept from erased_statements
    group by 1, 2) k using ("communityCode", "issueId")
  where recorded is distinct from kept order by 1, 2 limit 1`

/** The first matter of which another number of erased statements is kept than is on record; null for none at all. */
export const findMiscounted = (
  tx: Tx,
): Promise<{ communityCode: string; issueId: string; recorded: number | null; kept: number | null } | undefined> =>
  preparedOne(tx, 'statements_miscounted', MISCOUNTED, [])

const FREE = `select min(n)::int as ordinal from generate_series(1, $5) n where ${RAISED} < $5 and not exists (select from statements
  where community_code = $1 and issue_id = $2 and author_id = $3 and ordinal = n)`

/** The place of this person's next statement, null when they have none left; whatever else they raise waits for the transaction. */
export const lockOrdinal = async (tx: Tx, author: Author): Promise<number | null> => {
  await prepared(tx, 'statements_author', LOCK_PERSON, [author.id])
  const values = [...valuesOf(author), STATEMENTS_EACH]
  return (await preparedOne<{ ordinal: number | null }>(tx, 'statements_free', FREE, values))?.ordinal ?? null
}

const INSERT = `insert into statements (community_code, id, issue_id, author_id, ordinal, text, text_version, text_key, state, raised_at, answers)
  values ($1, $2, $3, $4, $5, $6, 1, $7, 'pending', $8, 0)`

export const insertStatement = async (
  tx: Tx,
  key: StatementKey,
  it: { issueId: string; authorId: string; ordinal: number; text: string; textKey: string; at: Date },
): Promise<void> => {
  const { issueId, authorId, ordinal, text, textKey, at } = it
  const values = [key.communityCode, key.id, issueId, authorId, ordinal, text, textKey, at.toISOString()]
  await prepared(tx, 'statement_insert', INSERT, values)
}

const CHANGE = `update statements set text = $3, text_key = $4, text_version = text_version + 1, state = 'pending', decided_by = null, decided_at = null, reason = null
  where community_code = $1 and id = $2`

/** What was decided on the text before says nothing of the new one. */
export const changeText = async (tx: Tx, key: StatementKey, text: string, textKey: string): Promise<void> => {
  await prepared(tx, 'statement_change', CHANGE, [key.communityCode, key.id, text, textKey])
}

const DECIDE = `update statements set state = $3, reason = $4, decided_by = $5, decided_at = $6
  where community_code = $1 and id = $2`

export const saveDecision = async (
  tx: Tx,
  key: StatementKey,
  it: { state: StatementState; reason: string | null; by: string; at: Date },
): Promise<void> => {
  await prepared(tx, 'statement_decide', DECIDE, [
    key.communityCode,
    key.id,
    it.state,
    it.reason,
    it.by,
    it.at.toISOString(),
  ])
}

const UNTIE = `update statements set author_id = null where community_code = $1 and id = $2`
const EMPTY = `update statements set author_id = null, text = '', text_key = '', state = 'erased', decided_by = null,
    decided_at = null, reason = null
  where community_code = $1 and id = $2`

/** @param words also what was said, where it is not public */
export const eraseRow = async (tx: Tx, key: StatementKey, words: boolean): Promise<void> => {
  const values = [key.communityCode, key.id]
  await (words ? prepared(tx, 'statement_empty', EMPTY, values) : prepared(tx, 'statement_untie', UNTIE, values))
}

// The payload goes and its salt with it: what is left is a hash of nothing anyone can guess.
const FORGET = `update events set personal = null, personal_salt = null
  where community_code = $1 and subject_type = 'statement' and subject_id = $2 and action in ('raise', 'change')
    and personal is not null returning seq`

/** Who raised it and what they wrote, out of the chain's events. @returns which they were */
export const forgetAuthor = async (tx: Tx, key: StatementKey): Promise<number[]> => {
  const gone = await prepared<{ seq: number }>(tx, 'statement_forget', FORGET, [key.communityCode, key.id])
  return gone.map(({ seq }) => seq).sort((a, b) => a - b)
}

const ANSWERED = `select 1 as answered from statement_answers where community_code = $1 and statement_id = $2 limit 1`

export const isAnswered = async (on: Queryable, key: StatementKey): Promise<boolean> =>
  (await preparedOne(on, 'statement_answered', ANSWERED, [key.communityCode, key.id])) !== undefined

const QUEUE = `select ${COLUMNS} from statements s
  where s.community_code = $1 and s.issue_id = $2 and s.state = $3 and ($4::uuid is null or s.id > $4) order by s.id limit $5`

/** In the order they were raised, from the index on (community, matter, state, id). */
export const listByState = (
  on: Queryable,
  issue: IssueKey,
  { state, after, limit }: { state: StatementState; after: string | null; limit: number },
): Promise<StatementRow[]> =>
  prepared<StatementRow>(on, 'statements_by_state', QUEUE, [issue.communityCode, issue.id, state, after, limit])

export interface OwnRow extends StatementRow {
  answered: boolean
}

const OWN = `select ${COLUMNS}, exists (select from statement_answers t
    where t.community_code = s.community_code and t.statement_id = s.id) as answered
  from statements s where s.community_code = $1 and s.issue_id = $2 and s.author_id ${asOne('$3')} order by s.raised_at, s.ordinal`

export const listOwn = (on: Queryable, issue: IssueKey, authorId: string): Promise<OwnRow[]> =>
  prepared<OwnRow>(on, 'statements_own', OWN, [issue.communityCode, issue.id, authorId])

const COUNTS = `select issue_id as "issueId", count(*) filter (where state = 'accepted')::int as accepted,
    count(*) filter (where state = 'pending')::int as pending
  from statements where community_code = $1 and issue_id = any($2::uuid[]) group by issue_id`

export interface StatementCount {
  issueId: string
  accepted: number
  pending: number
}

/** Of these matters; those without any are left out. */
export const countStatements = (
  on: Queryable,
  communityCode: string,
  issueIds: readonly string[],
): Promise<StatementCount[]> => prepared<StatementCount>(on, 'statements_count', COUNTS, [communityCode, issueIds])
