import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { SubjectType } from './events.ts'

/** One a day and community: the Merkle root over the chains that grew since the one before. Never changed. */
export const seals = pgTable(
  'seals',
  {
    communityCode: text('community_code').notNull(),
    seq: integer('seq').notNull(),
    /** the day in China on which it was taken */
    date: date('date', { mode: 'string' }).notNull(),
    root: text('root').notNull(),
    leafCount: integer('leaf_count').notNull(),
    /** Roots of each 1,024 leaves in order, so that a proof reads one block and not a million leaves. */
    blockRoots: text('block_roots').array().notNull(),
    previous: text('previous'),
    hash: text('hash').notNull(),
    hashName: text('hash_name').notNull(),
    sealedAt: timestamp('sealed_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'seals_pkey', columns: [t.communityCode, t.seq] }),
    unique('seals_one_a_day').on(t.communityCode, t.date),
    check('seals_previous', sql`(${t.seq} = 1) = (${t.previous} is null)`),
  ],
)

/** What a seal covers: the newest event of each chain that grew, as it stood in the seal's snapshot. */
export const sealLeaves = pgTable(
  'seal_leaves',
  {
    communityCode: text('community_code').notNull(),
    sealSeq: integer('seal_seq').notNull(),
    index: integer('index').notNull(),
    subjectType: text('subject_type').$type<SubjectType>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    subjectSeq: integer('subject_seq').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ name: 'seal_leaves_pkey', columns: [t.communityCode, t.sealSeq, t.index] }),
    unique('seal_leaves_event_once').on(t.communityCode, t.subjectType, t.subjectId, t.subjectSeq),
    foreignKey({
      name: 'seal_leaves_seal',
      columns: [t.communityCode, t.sealSeq],
      foreignColumns: [seals.communityCode, seals.seq],
    }),
  ],
)
