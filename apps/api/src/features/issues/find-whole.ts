import type { Queryable } from '../../db/connect.ts'
import { instantFromPostgres, prepared, preparedOne } from '../../db/prepared.ts'
import type { Actor } from '../../http/actor.ts'
import { type IssueRow, READ_ISSUE, type StoredRow, toRow } from './issue-row.ts'
import type { IssueKey } from './stage.ts'
import { RELATION, type Relation, relationValues } from './standing.ts'
import type { EventRow } from './timeline.present.ts'

/** An event as an array, in the order of `toEvent`; the fields' changes stay behind, no reader is shown them. */
const EVENT = (
  name: string,
) => `json_build_array(e.seq, e.action, e.from_state, e.to_state, e.occurred_at, e.recorded_at,
  e.record - 'changes', e.personal - 'changes', e.personal_hash is not null and e.personal is null, e.hash, ${name})`
const EVENTS = (event: string, names: string) => `select json_agg(${event} order by e.seq) from events e ${names}
  where e.community_code = $1 and e.subject_type = 'issue' and e.subject_id = $2`
const READ = (events: string) => `select *, (${events}) as events from (${READ_ISSUE}) i cross join (${RELATION}) r`

const READ_WHOLE = READ(EVENTS(EVENT('null, null'), ''))
const READ_WHOLE_WITH_NAMES = READ(
  EVENTS(EVENT('p.id, p.name_cipher'), `left join people p on p.id = (e.personal ->> 'actorId')::uuid`),
)

/** The same of several matters of one community: $2 are their ids. */
const EACH = (read: string) => `select k.id as "ofIssue", whole.* from unnest($2::uuid[]) k (id)
  cross join lateral (${read.replaceAll(/\$2\b/g, 'k.id')}) whole`
const READ_EACH = EACH(READ_WHOLE)
const READ_EACH_WITH_NAMES = EACH(READ_WHOLE_WITH_NAMES)

type EventTuple = [
  seq: number,
  action: string,
  from: string | null,
  to: string,
  occurredAt: string,
  recordedAt: string,
  record: Record<string, unknown>,
  personal: Record<string, unknown> | null,
  erased: boolean,
  hash: string,
  actorId: string | null,
  nameCipher: string | null,
]

const toEvent = (tuple: EventTuple): EventRow => ({
  seq: tuple[0],
  action: tuple[1],
  from: tuple[2],
  to: tuple[3],
  occurredAt: instantFromPostgres(tuple[4]),
  recordedAt: instantFromPostgres(tuple[5]),
  record: tuple[6],
  personal: tuple[7],
  erased: tuple[8],
  hash: tuple[9],
  actorId: tuple[10],
  nameCipher: tuple[11],
})

export interface WholeIssue {
  row: IssueRow
  relation: Relation
  events: EventRow[]
}

type Found = StoredRow & Relation & { events: EventTuple[] | null }
const toWhole = (key: IssueKey, found: Found): WholeIssue => ({
  row: toRow(key, found),
  relation: found,
  events: (found.events ?? []).map(toEvent),
})

/** The issue, how this person is bound to it, and its events in order (for staff with who acted): one round trip. */
export const findWhole = async (on: Queryable, key: IssueKey, actor: Actor): Promise<WholeIssue | null> => {
  const [name, text] =
    actor.grants.length > 0 ? ['issue_whole_named', READ_WHOLE_WITH_NAMES] : ['issue_whole', READ_WHOLE]
  const found = await preparedOne<Found>(on, name, text, relationValues(key, actor))
  return found ? toWhole(key, found) : null
}

/** Several at once, by their ids: one round trip for each community they lie in, which is one but for those handed over to a neighbour. */
export const findWholes = async (
  on: Queryable,
  keys: readonly IssueKey[],
  actor: Actor,
): Promise<Map<string, WholeIssue>> => {
  const [name, text] =
    actor.grants.length > 0 ? ['issues_whole_named', READ_EACH_WITH_NAMES] : ['issues_whole', READ_EACH]
  const readIn = async (communityCode: string, ids: readonly string[]) => {
    const [, , ...who] = relationValues({ communityCode, id: '' }, actor)
    const found = await prepared<Found & { ofIssue: string }>(on, name, text, [communityCode, ids, ...who])
    return found.map((each) => [each.ofIssue, toWhole({ communityCode, id: each.ofIssue }, each)] as const)
  }
  const communities = Map.groupBy(keys, ({ communityCode }) => communityCode)
  const all = await Promise.all(
    [...communities].map(([code, of]) =>
      readIn(
        code,
        of.map(({ id }) => id),
      ),
    ),
  )
  return new Map(all.flat())
}
