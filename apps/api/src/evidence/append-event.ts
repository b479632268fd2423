import { type HashName, linkHash, newSalt, payloadHash, subjectName } from '@tongxin/evidence'
import type { Tx } from '../db/connect.ts'
import { prepared, preparedOne } from '../db/prepared.ts'
import type { SubjectType } from '../db/schema/events.ts'

/** An event before it has its place in the chain. */
export interface NewEvent {
  communityCode: string
  subjectType: SubjectType
  subjectId: string
  action: string
  from: string | null
  to: string | null
  occurredAt: Date
  recordedAt: Date
  /** Public facts. */
  record: Record<string, unknown>
  /** What names people; null when nothing does. */
  personal: Record<string, unknown> | null
}

/** The end of a chain: where the next event is tied on. */
export interface Head {
  seq: number
  hash: string
}

export interface ChainedEvent extends NewEvent {
  seq: number
  previous: string | null
  recordSalt: string
  recordHash: string
  personalSalt: string | null
  personalHash: string | null
  hash: string
  hashName: HashName
}

/** JSON as the database will give it back: dates become strings and undefined fields go, before anything is hashed. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Ties an event to the chain's end; writes nothing. */
export const chainEvent = (event: NewEvent, head: Head | null, hashName: HashName): ChainedEvent => {
  const record = stored(event.record)
  const personal = event.personal === null ? null : stored(event.personal)
  const recordSalt = newSalt()
  const recordHash = payloadHash(hashName, recordSalt, record)
  const personalSalt = personal === null ? null : newSalt()
  const personalHash = personalSalt === null ? null : payloadHash(hashName, personalSalt, personal)
  const seq = (head?.seq ?? 0) + 1
  const previous = head?.hash ?? null
  const hash = linkHash(hashName, {
    subject: subjectName(event.subjectType, event.communityCode, event.subjectId),
    seq,
    action: event.action,
    from: event.from,
    to: event.to,
    occurredAt: event.occurredAt.toISOString(),
    recordedAt: event.recordedAt.toISOString(),
    recordHash,
    personalHash,
    previous,
  })
  return {
    ...event,
    record,
    personal,
    seq,
    previous,
    recordSalt,
    recordHash,
    personalSalt,
    personalHash,
    hash,
    hashName,
  }
}

const COLUMNS = `community_code, subject_type, subject_id, seq, action, from_state, to_state, occurred_at, recorded_at, record,
  record_salt, record_hash, personal, personal_salt, personal_hash, previous, hash, hash_name`
/** One statement writes the event and that the statistics have not seen it: no event comes to be without. */
const counting = (
  insert: string,
) => `with written as (${insert} returning community_code, subject_type, subject_id, seq)
  insert into uncounted_events (community_code, issue_id, seq)
  select community_code, subject_id, seq from written where subject_type = 'issue'`
const INSERT = `insert into events (${COLUMNS}) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`
const INSERT_ISSUE_EVENT = counting(INSERT)
const INSERT_MANY = counting(`insert into events (${COLUMNS})
  select * from unnest($1::text[], $2::text[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
    $9::timestamptz[], $10::jsonb[], $11::text[], $12::text[], $13::jsonb[], $14::text[], $15::text[], $16::text[], $17::text[],
    $18::text[])`)

const row = (e: ChainedEvent): unknown[] => [
  e.communityCode,
  e.subjectType,
  e.subjectId,
  e.seq,
  e.action,
  e.from,
  e.to,
  e.occurredAt.toISOString(),
  e.recordedAt.toISOString(),
  JSON.stringify(e.record),
  e.recordSalt,
  e.recordHash,
  e.personal === null ? null : JSON.stringify(e.personal),
  e.personalSalt,
  e.personalHash,
  e.previous,
  e.hash,
  e.hashName,
]

/** Writes one chained event. The caller holds the lock of its subject. */
export const insertEvent = async (tx: Tx, event: ChainedEvent): Promise<void> => {
  const [name, text] =
    event.subjectType === 'issue' ? ['issue_event_insert', INSERT_ISSUE_EVENT] : ['event_insert', INSERT]
  await prepared(tx, name, text, row(event))
}

/** Writes many at once, for imports. */
export const insertEvents = async (tx: Tx, events: readonly ChainedEvent[]): Promise<void> => {
  if (events.length === 0) return
  const rows = events.map(row)
  await prepared(tx, 'event_insert_many', INSERT_MANY, rows[0]?.map((_, column) => rows.map((r) => r[column])) ?? [])
}

const HEAD = `select seq, hash from events where community_code = $1 and subject_type = $2 and subject_id = $3
  order by seq desc limit 1`

/** The end of a subject's chain, for subjects that do not keep it in a row of their own. */
export const findHead = async (
  tx: Tx,
  communityCode: string,
  subjectType: SubjectType,
  subjectId: string,
): Promise<Head | null> =>
  (await preparedOne<Head>(tx, 'event_head', HEAD, [communityCode, subjectType, subjectId])) ?? null

/** Ties and writes an event of a meeting, motion, policy or grant, whose row the caller has locked. */
export const appendEvent = async (tx: Tx, event: NewEvent, hashName: HashName): Promise<ChainedEvent> => {
  const head = await findHead(tx, event.communityCode, event.subjectType, event.subjectId)
  const chained = chainEvent(event, head, hashName)
  await insertEvent(tx, chained)
  return chained
}
