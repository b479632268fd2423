import { sql } from 'drizzle-orm'
import {
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { grants } from './grants.ts'
import { issues } from './issues.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** What somebody at an office was told of, by which of their grants: one row for each of them and each step of a matter. */
export const inboxItems = pgTable(
  'inbox_items',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    grantId: uuid('grant_id')
      .notNull()
      .references(() => grants.id),
    step: text('step').notNull(),
    issueId: uuid('issue_id').notNull(),
    /** The event that brought it about; of what time brought about, the last before it. */
    eventSeq: integer('event_seq').notNull(),
    clock: text('clock'),
    dueAt: instant('due_at'),
    madeAt: instant('made_at').notNull(),
    readAt: instant('read_at'),
  },
  (t) => [
    primaryKey({ name: 'inbox_items_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'inbox_items_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    uniqueIndex('inbox_items_once').on(t.communityCode, t.issueId, t.eventSeq, t.step, t.personId),
    index('inbox_items_by_person').on(t.personId, t.madeAt, t.id),
    index('inbox_items_unread').on(t.personId).where(sql`${t.readAt} is null`),
    index('inbox_items_by_age').on(t.communityCode, t.madeAt),
  ],
)
