import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** A sitting of the community's council. */
export const meetings = pgTable(
  'meetings',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    heldAt: instant('held_at').notNull(),
    place: text('place').notNull(),
    state: text('state').$type<'draft' | 'announced' | 'in_session' | 'closed' | 'cancelled'>().notNull(),
    /** Presiding is a duty of the meeting, handed over on record. */
    presiderId: uuid('presider_id').references(() => people.id),
    /** Members of each class when it opened, and how many hundredths of them had to be present; null until then. */
    representatives: integer('representatives'),
    partyMembers: integer('party_members'),
    unitMembers: integer('unit_members'),
    staffMembers: integer('staff_members'),
    representativesPercent: integer('representatives_percent'),
    partyMembersPercent: integer('party_members_percent'),
    unitMembersPercent: integer('unit_members_percent'),
    staffMembersPercent: integer('staff_members_percent'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    openedAt: instant('opened_at'),
    endedAt: instant('ended_at'),
    version: integer('version').notNull(),
  },
  (t) => [
    primaryKey({ name: 'meetings_pkey', columns: [t.communityCode, t.id] }),
    index('meetings_by_time').on(t.communityCode, t.heldAt, t.id),
    index('meetings_by_state').on(t.communityCode, t.state, t.heldAt, t.id),
    check('meetings_state_known', sql`${t.state} in ('draft', 'announced', 'in_session', 'closed', 'cancelled')`),
    check(
      'meetings_opened_whole',
      sql`num_nulls(${t.openedAt}, ${t.representatives}, ${t.partyMembers}, ${t.representativesPercent},
        ${t.partyMembersPercent}, ${t.unitMembers}, ${t.staffMembers}, ${t.unitMembersPercent}, ${t.staffMembersPercent}) in (0, 9)
        and (${t.state} <> 'in_session' or (${t.openedAt} is not null and ${t.presiderId} is not null))`,
    ),
  ],
)
