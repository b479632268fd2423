import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { issues } from './issues.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Short opinions on a matter before it is deliberated on, as the events of their chains make them. */
export const statements = pgTable(
  'statements',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    issueId: uuid('issue_id').notNull(),
    /** Shown to nobody but the person; null once they had it erased. */
    authorId: uuid('author_id').references(() => people.id),
    /** The author's first, second … on this matter: the key below keeps the number of them, however many come at once. */
    ordinal: smallint('ordinal').notNull(),
    /** Empty once it was erased. */
    text: text('text').notNull(),
    /** The text's first wording, second … */
    textVersion: smallint('text_version').notNull(),
    /** The text without blanks, punctuation and case: what is the same but for those is the same. */
    textKey: text('text_key').notNull(),
    state: text('state').$type<'pending' | 'accepted' | 'rejected' | 'erased'>().notNull(),
    raisedAt: instant('raised_at').notNull(),
    decidedBy: uuid('decided_by').references(() => people.id),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
    /** People who answered, as of the last map: what is put to people next goes by it. */
    answers: integer('answers').notNull(),
  },
  (t) => [
    primaryKey({ name: 'statements_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'statements_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    uniqueIndex('statements_ordinal').on(t.communityCode, t.issueId, t.authorId, t.ordinal),
    uniqueIndex('statements_text_once')
      .on(t.communityCode, t.issueId, t.textKey)
      .where(sql`${t.state} in ('pending', 'accepted')`),
    unique('statements_wording').on(t.communityCode, t.id, t.textVersion),
    index('statements_by_state').on(t.communityCode, t.issueId, t.state, t.id),
    check('statements_state_known', sql`${t.state} in ('pending', 'accepted', 'rejected', 'erased')`),
    check(
      'statements_erased_whole',
      sql`(${t.state} = 'erased') = (${t.text} = '') and (${t.state} <> 'erased' or ${t.authorId} is null)`,
    ),
    check('statements_few_each', sql`${t.ordinal} between 1 and 5`),
    check(
      'statements_decided_whole',
      sql`(${t.state} in ('pending', 'erased')) = (${t.decidedAt} is null) and (${t.decidedAt} is null) = (${t.decidedBy} is null)
        and (${t.state} = 'rejected') = (${t.reason} is not null)`,
    ),
  ],
)

/**
 * How many statements on a matter somebody had erased, by a keyed hash of the two: they count, and neither who nor which they were is
 * told by it.
 */
export const erasedStatements = pgTable(
  'erased_statements',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    authorHash: text('author_hash').notNull(),
    erased: smallint('erased').notNull(),
  },
  (t) => [
    primaryKey({ name: 'erased_statements_pkey', columns: [t.communityCode, t.issueId, t.authorHash] }),
    foreignKey({
      name: 'erased_statements_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    check('erased_statements_few', sql`${t.erased} between 1 and 5`),
  ],
)

/** Who said what on which statement; the last answer stands. What nobody but the person may read. */
export const statementAnswers = pgTable(
  'statement_answers',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    statementId: uuid('statement_id').notNull(),
    /** The wording that was answered: the key below keeps it as it is, for good. */
    textVersion: smallint('text_version').notNull(),
    /** 1 agree, -1 disagree, 0 pass. */
    answer: smallint('answer').notNull(),
    answeredAt: instant('answered_at').notNull(),
  },
  (t) => [
    // A matter's answers lie together, person by person, as the map reads them.
    primaryKey({
      name: 'statement_answers_pkey',
      columns: [t.communityCode, t.issueId, t.personId, t.statementId],
    }),
    foreignKey({
      name: 'statement_answers_statement',
      columns: [t.communityCode, t.statementId, t.textVersion],
      foreignColumns: [statements.communityCode, statements.id, statements.textVersion],
    }),
    index('statement_answers_by_statement').on(t.communityCode, t.statementId),
    index('statement_answers_by_person').on(t.personId),
    check('statement_answers_known', sql`${t.answer} between -1 and 1`),
  ],
)

/** The last computed map of a matter, what the next one starts from, and the one put on record when the matter was decided. */
export const opinionMaps = pgTable(
  'opinion_maps',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    computedAt: instant('computed_at').notNull(),
    voters: integer('voters').notNull(),
    answers: integer('answers').notNull(),
    map: jsonb('map').$type<Record<string, unknown>>().notNull(),
    /** Components and centres; says nothing of any one person. */
    basis: jsonb('basis').$type<Record<string, unknown>>().notNull(),
    recordedAt: instant('recorded_at'),
    recordedMap: jsonb('recorded_map').$type<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ name: 'opinion_maps_pkey', columns: [t.communityCode, t.issueId] }),
    foreignKey({
      name: 'opinion_maps_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    check('opinion_maps_recorded_whole', sql`(${t.recordedAt} is null) = (${t.recordedMap} is null)`),
  ],
)
