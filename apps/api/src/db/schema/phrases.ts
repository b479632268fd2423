import type { Phrase } from '@tongxin/contract'
import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'

/** What a community keeps to write with, whole with every change. Rows are only ever added; the last one holds. */
export const phraseSets = pgTable(
  'phrase_sets',
  {
    communityCode: text('community_code').notNull(),
    version: integer('version').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
    by: uuid('by')
      .notNull()
      .references(() => people.id),
    items: jsonb('items').$type<readonly Phrase[]>().notNull(),
  },
  (t) => [primaryKey({ name: 'phrase_sets_pkey', columns: [t.communityCode, t.version] })],
)
