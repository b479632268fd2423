import type { MinutesContent } from '@tongxin/contract'
import type { HashName } from '@tongxin/evidence'
import type { Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { Made, ReplayedKind } from '../../evidence/replay.ts'
import { GRANTS_OF_TENANTS } from '../grants/index.ts'
import { STORED, type StoredRow } from '../issues/index.ts'
import { RECORDED_MAPS } from '../opinions/index.ts'
import { POLICIES_SET } from '../policies/index.ts'

/** Rows held at once of each stream. */
const BATCH = 2_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Row after row in the order of a unique key, a batch at a time. */
async function* inBatches<Row extends object>(
  fetch: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row, undefined> {
  for (let last: Row | undefined; ; ) {
    const rows = await fetch(last)
    yield* rows
    last = rows.at(-1)
    if (rows.length < BATCH) return undefined
  }
}

/** Instants as ISO strings with milliseconds, as they were hashed. */
export interface StoredEvent {
  communityCode: string
  subjectType: string
  subjectId: string
  seq: number
  action: string
  from: string | null
  to: string | null
  occurredAt: string
  recordedAt: string
  record: Record<string, unknown>
  recordSalt: string
  recordHash: string
  personal: Record<string, unknown> | null
  personalSalt: string | null
  personalHash: string | null
  previous: string | null
  hash: string
  hashName: string
}

const EVENTS = `select community_code as "communityCode", subject_type as "subjectType", subject_id as "subjectId", seq, action,
    from_state as "from", to_state as "to", occurred_at as "occurredAt", recorded_at as "recordedAt", record,
    record_salt as "recordSalt", record_hash as "recordHash", personal, personal_salt as "personalSalt",
    personal_hash as "personalHash", previous, hash, hash_name as "hashName"
  from events where (community_code, subject_type, subject_id, seq) > ($1, $2, $3::uuid, $4)
  order by community_code, subject_type, subject_id, seq limit ${BATCH}`

/** Every event, chain by chain. */
export const streamEvents = (tx: Tx) =>
  inBatches<StoredEvent>((last) =>
    prepared(tx, 'verify_events', EVENTS, [
      last?.communityCode ?? '',
      last?.subjectType ?? '',
      last?.subjectId ?? FIRST_ID,
      last?.seq ?? 0,
    ]),
  )

/** A row with a chain of its own, and by kind the rows that hang on it. */
export interface StoredSubject {
  communityCode: string
  id: string
  records: Record<string, Made[]>
}

const subjects = (table: string, more: string, kinds: readonly ReplayedKind[]) => `
  select c.community_code as "communityCode", c.id, ${more}
    json_build_object(${kinds.map(({ name, rows }) => `'${name}', ${rows}`).join(', ')}) as records
  from ${table} c where (c.community_code, c.id) > ($1, $2::uuid) order by c.community_code, c.id limit ${BATCH}`

const streamSubjects = <Row extends StoredSubject>(tx: Tx, table: string, text: string) =>
  inBatches<Row>((last) => prepared(tx, `verify_${table}`, text, [last?.communityCode ?? '', last?.id ?? FIRST_ID]))

export type StoredIssue = StoredSubject & StoredRow & { raisers: number; uncounted: boolean }

const RAISERS = `(select count(*)::int from raisers x
  where x.community_code = c.community_code and x.issue_id = c.id and x.detached_at is null) as raisers,
  exists (select from uncounted_events x where x.community_code = c.community_code and x.issue_id = c.id) as uncounted,`

/** Every matter's row, in the order of its chain. */
export const streamIssues = (tx: Tx, kinds: readonly ReplayedKind[]) =>
  streamSubjects<StoredIssue>(tx, 'issues', subjects('issues', `${STORED}, ${RAISERS}`, kinds))

/** Every meeting, series, motion, roll, statement, task force or sitting, in the order of its chain. */
export const streamCouncil = (
  tx: Tx,
  table: 'meetings' | 'meeting_series' | 'motions' | 'owner_rolls' | 'statements' | 'task_forces' | 'sittings',
  kinds: readonly ReplayedKind[],
) => streamSubjects<StoredSubject>(tx, table, subjects(table, '', kinds))

/** Every opinion map on record, in the order of its chain. */
export const streamMaps = (tx: Tx, kinds: readonly ReplayedKind[]) =>
  streamSubjects<StoredSubject>(tx, 'opinion_maps', subjects(RECORDED_MAPS, '', kinds))

/** Every power given or taken, in the order of its chain. */
export const streamGrants = (tx: Tx, kinds: readonly ReplayedKind[]) =>
  streamSubjects<StoredSubject>(tx, 'grants', subjects(GRANTS_OF_TENANTS, '', kinds))

/** Every rule a region has set, in the order of its chain. */
export const streamPolicies = (tx: Tx, kinds: readonly ReplayedKind[]) =>
  streamSubjects<StoredSubject>(tx, 'policies', subjects(POLICIES_SET, '', kinds))

export interface BoundPhoto {
  communityCode: string
  id: string
  subjectType: string
  subjectId: string
  subjectSeq: number
  contentHash: string
  erased: boolean
  /** The event it is bound to names it. */
  recorded: boolean
}

/** The hashes an event names: photos of a matter, papers of a meeting. */
const FILES = `coalesce(e.record -> 'photos', e.record -> 'papers')`
const PHOTOS = `select a.community_code as "communityCode", a.id, a.subject_type as "subjectType", a.subject_id as "subjectId",
    a.subject_seq as "subjectSeq", a.content_hash as "contentHash", a.erased_at is not null as erased,
    coalesce(${FILES} ? a.content_hash, false) as recorded
  from attachments a left join events e on e.community_code = a.community_code and e.subject_type = a.subject_type
    and e.subject_id = a.subject_id and e.seq = a.subject_seq
  where (a.community_code, a.id) > ($1, $2::uuid) and a.bound_at is not null
  order by a.community_code, a.id limit ${BATCH}`

export const streamPhotos = (tx: Tx) =>
  inBatches<BoundPhoto>((last) =>
    prepared(tx, 'verify_photos', PHOTOS, [last?.communityCode ?? '', last?.id ?? FIRST_ID]),
  )

// In an event that names photos, each stands for one that was uploaded.
const UNBOUND = `select e.community_code as "communityCode", e.subject_type as "subjectType", e.subject_id as "subjectId", e.seq,
    jsonb_array_length(${FILES}) as named, count(a.id)::int as found
  from events e left join attachments a on a.community_code = e.community_code and a.subject_type = e.subject_type
    and a.subject_id = e.subject_id and a.subject_seq = e.seq
  where jsonb_typeof(${FILES}) = 'array'
  group by e.community_code, e.subject_type, e.subject_id, e.seq
  having count(a.id) <> jsonb_array_length(${FILES}) order by 1, 2, 3, 4 limit 1`

export const findUnboundPhotos = (
  tx: Tx,
): Promise<
  | { communityCode: string; subjectType: string; subjectId: string; seq: number; named: number; found: number }
  | undefined
> => preparedOne(tx, 'verify_unbound', UNBOUND, [])

const COUNTS = `select (select count(*) from events) as events, (select count(*) from issues) as issues,
  (select count(*) from seals) as seals`

/** How much there is to look at. */
export const countRecords = async (tx: Tx): Promise<{ events: number; issues: number; seals: number }> =>
  (await preparedOne<{ events: number; issues: number; seals: number }>(tx, 'verify_counts', COUNTS, [])) ?? {
    events: 0,
    issues: 0,
    seals: 0,
  }

export interface StoredSeal {
  communityCode: string
  seq: number
  date: string
  root: string
  leafCount: number
  blockRoots: string[]
  previous: string | null
  hash: string
  hashName: string
}

const SEALS = `select community_code as "communityCode", seq, date::text as date, root, leaf_count as "leafCount",
    block_roots as "blockRoots", previous, hash, hash_name as "hashName"
  from seals where (community_code, seq) > ($1, $2) order by community_code, seq limit ${BATCH}`

export const streamSeals = (tx: Tx) =>
  inBatches<StoredSeal>((last) => prepared(tx, 'verify_seals', SEALS, [last?.communityCode ?? '', last?.seq ?? 0]))

export interface StoredLeaf {
  communityCode: string
  index: number
  subjectType: string
  subjectId: string
  subjectSeq: number
  hash: string
  /** Of the event it covers, as it stands now; null when that is gone. */
  eventHash: string | null
}

const LEAVES = `select l.community_code as "communityCode", l.index, l.subject_type as "subjectType", l.subject_id as "subjectId",
    l.subject_seq as "subjectSeq", l.hash, e.hash as "eventHash"
  from seal_leaves l left join events e on e.community_code = l.community_code and e.subject_type = l.subject_type
    and e.subject_id = l.subject_id and e.seq = l.subject_seq
  where l.community_code = $1 and l.seal_seq = $2 and l.index > $3 order by l.index limit $4`

export const listBlock = (
  tx: Tx,
  { communityCode, seq }: StoredSeal,
  after: number,
  limit: number,
): Promise<StoredLeaf[]> => prepared(tx, 'verify_leaves', LEAVES, [communityCode, seq, after, limit])

export interface StoredMinutes {
  communityCode: string
  id: string
  content: MinutesContent
  contentHash: string
  hashName: HashName
}

const MINUTES = `select community_code as "communityCode", meeting_id as id, content, content_hash as "contentHash",
    hash_name as "hashName"
  from minutes where (community_code, meeting_id) > ($1, $2::uuid) order by community_code, meeting_id limit ${BATCH}`

export const streamMinutes = (tx: Tx) =>
  inBatches<StoredMinutes>((last) =>
    prepared(tx, 'verify_minutes', MINUTES, [last?.communityCode ?? '', last?.id ?? FIRST_ID]),
  )
