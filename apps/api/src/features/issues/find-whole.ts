import type { Queryable } from '../../db/connect.ts'
import { instantFromPostgres, preparedOne } from '../../db/prepared.ts'
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

/** The issue, how this person is bound to it, and its events in order (for staff with who acted): one round trip. */
export const findWhole = async (on: Queryable, key: IssueKey, actor: Actor): Promise<WholeIssue | null> => {
  const [name, text] =
    actor.grants.length > 0 ? ['issue_whole_named', READ_WHOLE_WITH_NAMES] : ['issue_whole', READ_WHOLE]
  const values = relationValues(key, actor)
  const found = await preparedOne<StoredRow & Relation & { events: EventTuple[] | null }>(on, name, text, values)
  return found ? { row: toRow(key, found), relation: found, events: (found.events ?? []).map(toEvent) } : null
}
