import { and, desc, eq, gt, lt } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import { events, type SubjectType } from '../../db/schema/events.ts'
import { sealLeaves, seals } from '../../db/schema/seals.ts'

/** A power of two; see `seals.block_roots`. */
export const BLOCK_LEAVES = 1024

export type SealRow = typeof seals.$inferSelect

export interface GrownChain {
  subjectType: SubjectType
  subjectId: string
  subjectSeq: number
  hash: string
}

/** Whoever has records of their own: every community in force, and all, streets too, that have events. */
const TENANTS = `
  with recursive recorded(code) as (
    (select community_code from events order by community_code limit 1)
    union all
    select (select e.community_code from events e where e.community_code > recorded.code order by e.community_code limit 1)
    from recorded where recorded.code is not null
  )
  select code from recorded where code is not null
  union
  select code from regions where level = 'community' and valid_from <= $1 and (valid_to is null or valid_to > $1)
  order by 1`

export const listTenants = async (on: Queryable, today: string): Promise<string[]> =>
  (await prepared<{ code: string }>(on, 'evidence_tenants', TENANTS, [today])).map(({ code }) => code)

export const findLastSeal = async (tx: Tx, communityCode: string) =>
  (
    await tx
      .select({ seq: seals.seq, date: seals.date, hash: seals.hash })
      .from(seals)
      .where(eq(seals.communityCode, communityCode))
      .orderBy(desc(seals.seq))
      .limit(1)
  )[0]

export const insertSeal = (tx: Tx, row: typeof seals.$inferInsert) => tx.insert(seals).values(row)

// Every chain whose last event is younger than its last sealed one. Compared by seq, not by time: a transaction that
// committed late, a clock that stood wrong or a record dated back cannot slip past. It costs one pass over two indexes.
const GROWN = `
  with heads as (
    select subject_type, subject_id, max(seq) as seq from events where community_code = $1 group by 1, 2
  ), sealed as (
    select subject_type, subject_id, max(subject_seq) as seq from seal_leaves where community_code = $1 group by 1, 2
  )
  select h.subject_type as "subjectType", h.subject_id as "subjectId", h.seq as "subjectSeq", e.hash
  from heads h
    left join sealed s on s.subject_type = h.subject_type and s.subject_id = h.subject_id
    join events e on e.community_code = $1 and e.subject_type = h.subject_type and e.subject_id = h.subject_id and e.seq = h.seq
  where s.seq is null or h.seq > s.seq
  order by 1, 2`

/** Opens the cursor that `fetchGrown` reads. */
export const openGrown = (tx: Tx, communityCode: string) =>
  tx.$client.query(`declare grown no scroll cursor for ${GROWN}`, [communityCode])

/** The next block; short or empty at the end. */
export const fetchGrown = async (tx: Tx): Promise<GrownChain[]> =>
  (await tx.$client.query<GrownChain>(`fetch ${BLOCK_LEAVES} from grown`)).rows

const INSERT_LEAVES = `
  insert into seal_leaves (community_code, seal_seq, index, subject_type, subject_id, subject_seq, hash)
  select $1, $2, row_number() over (order by "subjectType", "subjectId") - 1, "subjectType", "subjectId", "subjectSeq", hash
  from (${GROWN}) as grown`

export const insertLeaves = (tx: Tx, communityCode: string, sealSeq: number) =>
  tx.$client.query(INSERT_LEAVES, [communityCode, sealSeq])

export const listSeals = (on: Queryable, communityCode: string, before: number | null, limit: number) =>
  on
    .select()
    .from(seals)
    .where(and(eq(seals.communityCode, communityCode), before === null ? undefined : lt(seals.seq, before)))
    .orderBy(desc(seals.seq))
    .limit(limit)

export const findSeal = async (on: Queryable, communityCode: string, seq: number) =>
  (
    await on
      .select()
      .from(seals)
      .where(and(eq(seals.communityCode, communityCode), eq(seals.seq, seq)))
  )[0]

/** Leaves with an index above `after`, in order. */
export const listLeaves = (on: Queryable, communityCode: string, sealSeq: number, after: number, limit: number) =>
  on
    .select()
    .from(sealLeaves)
    .where(
      and(eq(sealLeaves.communityCode, communityCode), eq(sealLeaves.sealSeq, sealSeq), gt(sealLeaves.index, after)),
    )
    .orderBy(sealLeaves.index)
    .limit(limit)

export const findLastLeaf = async (on: Queryable, communityCode: string, subjectType: SubjectType, subjectId: string) =>
  (
    await on
      .select()
      .from(sealLeaves)
      .where(
        and(
          eq(sealLeaves.communityCode, communityCode),
          eq(sealLeaves.subjectType, subjectType),
          eq(sealLeaves.subjectId, subjectId),
        ),
      )
      .orderBy(desc(sealLeaves.subjectSeq))
      .limit(1)
  )[0]

export const listLinks = (on: Queryable, communityCode: string, subjectType: SubjectType, subjectId: string) =>
  on
    .select({
      seq: events.seq,
      action: events.action,
      from: events.fromState,
      to: events.toState,
      occurredAt: events.occurredAt,
      recordedAt: events.recordedAt,
      recordHash: events.recordHash,
      personalHash: events.personalHash,
      previous: events.previous,
      hash: events.hash,
      hashName: events.hashName,
    })
    .from(events)
    .where(
      and(
        eq(events.communityCode, communityCode),
        eq(events.subjectType, subjectType),
        eq(events.subjectId, subjectId),
      ),
    )
    .orderBy(events.seq)
