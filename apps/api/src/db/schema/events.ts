import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** What has a chain of its own. */
export const SUBJECT_TYPES = [
  'issue',
  'meeting',
  'motion',
  'meeting_series',
  'policy',
  'grant',
  'statement',
  'opinion_map',
  'owners_roll',
  'task_force',
  'sitting',
] as const
export type SubjectType = (typeof SUBJECT_TYPES)[number]

/**
 * What happened, once and for good: a trigger refuses every update but the taking away of personal payloads, and every
 * deletion. `record` is public fact, `personal` names people; each is hashed with a salt of its own.
 */
export const events = pgTable(
  'events',
  {
    communityCode: text('community_code').notNull(),
    subjectType: text('subject_type').$type<SubjectType>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    seq: integer('seq').notNull(),
    action: text('action').notNull(),
    fromState: text('from_state'),
    toState: text('to_state'),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    record: jsonb('record').$type<Record<string, unknown>>().notNull(),
    recordSalt: text('record_salt').notNull(),
    recordHash: text('record_hash').notNull(),
    personal: jsonb('personal').$type<Record<string, unknown>>(),
    personalSalt: text('personal_salt'),
    personalHash: text('personal_hash'),
    previous: text('previous'),
    hash: text('hash').notNull(),
    hashName: text('hash_name').notNull(),
  },
  (t) => [
    primaryKey({ name: 'events_pkey', columns: [t.communityCode, t.subjectType, t.subjectId, t.seq] }),
    index('events_by_recording').on(t.communityCode, t.recordedAt),
    check('events_subject_known', sql.raw(`subject_type in (${SUBJECT_TYPES.map((type) => `'${type}'`).join(', ')})`)),
    check('events_personal_with_salt', sql`(${t.personal} is null) = (${t.personalSalt} is null)`),
    check('events_previous', sql`(${t.seq} = 1) = (${t.previous} is null)`),
  ],
)
