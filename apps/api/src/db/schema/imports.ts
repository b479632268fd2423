import type { ImportField, ImportOutcome, ImportRejection, ImportState } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { regions } from './regions.ts'

/** One file of past matters being taken into a community, and how far it has come. */
export const imports = pgTable(
  'imports',
  {
    communityCode: text('community_code')
      .notNull()
      .references(() => regions.code),
    id: uuid('id').notNull(),
    fileName: text('file_name').notNull(),
    /** The file's name in the store, encrypted, as long as a job waits for it or it may still be written: it holds people's words and names. */
    storedAs: text('stored_as'),
    /** Until when a file that was only checked can be written; null where there is none. */
    keptUntil: timestamp('kept_until', { withTimezone: true }),
    dryRun: boolean('dry_run').notNull(),
    options: jsonb('options')
      .$type<{ map?: Partial<Record<ImportField, string>>; sheet?: string; source?: string }>()
      .notNull(),
    state: text('state').$type<ImportState>().notNull(),
    preset: text('preset'),
    source: text('source'),
    sheet: text('sheet'),
    unusedColumns: jsonb('unused_columns').$type<string[]>().notNull().default([]),
    unreadSheets: jsonb('unread_sheets').$type<string[]>().notNull().default([]),
    totalRows: integer('total_rows'),
    /** The last row whose outcome is recorded: where an interrupted run takes up again. */
    lastRow: integer('last_row').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    /** Null for a run from the command line. */
    requestedBy: uuid('requested_by').references(() => people.id),
    requestedAt: timestamp('requested_at', { withTimezone: true }).notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'imports_pkey', columns: [t.communityCode, t.id] }),
    index('imports_kept').on(t.keptUntil).where(sql`${t.keptUntil} is not null`),
    check('imports_state_known', sql`${t.state} in ('waiting', 'running', 'finished', 'failed')`),
    check('imports_kept_are_stored', sql`${t.keptUntil} is null or (${t.dryRun} and ${t.storedAs} is not null)`),
    check('imports_failed_say_why', sql`(${t.state} = 'failed') = (${t.errorCode} is not null)`),
  ],
)

/** What became of each row of the file. */
export const importRows = pgTable(
  'import_rows',
  {
    communityCode: text('community_code').notNull(),
    importId: uuid('import_id').notNull(),
    /** As the spreadsheet numbers it; for CSV the line of the file. */
    rowNumber: integer('row_number').notNull(),
    outcome: text('outcome').$type<ImportOutcome>().notNull(),
    externalId: text('external_id'),
    issueId: uuid('issue_id'),
    code: text('code').$type<ImportRejection>(),
    reason: text('reason'),
  },
  (t) => [
    primaryKey({ name: 'import_rows_pkey', columns: [t.communityCode, t.importId, t.rowNumber] }),
    index('import_rows_outcome').on(t.communityCode, t.importId, t.outcome, t.rowNumber),
    foreignKey({
      name: 'import_rows_import_fkey',
      columns: [t.communityCode, t.importId],
      foreignColumns: [imports.communityCode, imports.id],
    }).onDelete('cascade'),
    check('import_rows_outcome_known', sql`${t.outcome} in ('created', 'updated', 'unchanged', 'rejected')`),
    check('import_rows_rejected_say_why', sql`(${t.outcome} = 'rejected') = (${t.reason} is not null)`),
  ],
)
