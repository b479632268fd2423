import { asOne } from '../../db/as-one.ts'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'
import type { StatementRow } from './statements.queries.ts'

const SAVE = `insert into statement_answers (community_code, issue_id, person_id, statement_id, text_version, answer, answered_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (community_code, issue_id, person_id, statement_id) do update set answer = excluded.answer,
    answered_at = excluded.answered_at`

/** The last answer of a person stands. */
export const saveAnswer = async (
  tx: Tx,
  { communityCode, issueId, id, version }: StatementRow,
  personId: string,
  answer: number,
  at: Date,
): Promise<void> => {
  await prepared(tx, 'answer_save', SAVE, [communityCode, issueId, personId, id, version, answer, at.toISOString()])
}

/** A statement as one reader meets it. */
export interface ReadStatement {
  id: string
  text: string
  version: number
  mine: boolean
  answer: number | null
}

const READ = `s.id, s.text, s.text_version as version, coalesce(s.author_id ${asOne('$3')}, false) as mine, t.answer`
const MINE = `left join statement_answers t on t.community_code = s.community_code and t.issue_id = s.issue_id
    and t.person_id = $3 and t.statement_id = s.id`
const LIST = `select ${READ} from statements s ${MINE}
  where s.community_code = $1 and s.issue_id = $2 and s.state = 'accepted' and ($4::uuid is null or s.id > $4)
  order by s.id limit $5`

/** What was accepted, the oldest first, with the reader's own answers; `personId` null for nobody signed in. */
export const listAccepted = (
  on: Queryable,
  issue: IssueKey,
  { personId, after, limit }: { personId: string | null; after: string | null; limit: number },
): Promise<ReadStatement[]> =>
  prepared<ReadStatement>(on, 'statements_accepted', LIST, [issue.communityCode, issue.id, personId, after, limit])

// Steps of the logarithm: a few answers more or less do not matter, so that people meet the statements in different orders.
const NEXT = `select ${READ} from statements s ${MINE}
  where s.community_code = $1 and s.issue_id = $2 and s.state = 'accepted' and t.answer is null
  order by floor(2 * ln(1 + s.answers)), hashtextextended(s.id::text || $3::text, 0), s.id limit $4`

/** Fewest answers first; of about as many, each person's own order. */
export const listNext = (on: Queryable, issue: IssueKey, personId: string, limit: number): Promise<ReadStatement[]> =>
  prepared<ReadStatement>(on, 'statements_next', NEXT, [issue.communityCode, issue.id, personId, limit])

const ANSWERED = `select count(*)::int as answered from statement_answers t
    join statements s on s.community_code = t.community_code and s.id = t.statement_id and s.state = 'accepted'
  where t.community_code = $1 and t.issue_id = $2 and t.person_id = $3`

/** How many of those accepted now this person answered. */
export const countAnswered = async (on: Queryable, issue: IssueKey, personId: string): Promise<number> => {
  const values = [issue.communityCode, issue.id, personId]
  return (await preparedOne<{ answered: number }>(on, 'answers_count', ANSWERED, values))?.answered ?? 0
}
