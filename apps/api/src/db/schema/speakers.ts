import { sql } from 'drizzle-orm'
import {
  check,
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
import { meetings } from './meetings.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Who asked for the floor at a meeting, in order of asking; one person has it at a time. */
export const speakers = pgTable(
  'speakers',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    state: text('state').$type<'waiting' | 'speaking' | 'spoken' | 'withdrawn'>().notNull(),
    askedAt: instant('asked_at').notNull(),
    beganAt: instant('began_at'),
    endedAt: instant('ended_at'),
    /** How long they were given. */
    seconds: integer('seconds'),
  },
  (t) => [
    primaryKey({ name: 'speakers_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'speakers_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    index('speakers_of_meeting').on(t.communityCode, t.meetingId, t.askedAt, t.id),
    uniqueIndex('speakers_one_speaking').on(t.communityCode, t.meetingId).where(sql`${t.state} = 'speaking'`),
    uniqueIndex('speakers_ask_once')
      .on(t.communityCode, t.meetingId, t.personId)
      .where(sql`${t.state} in ('waiting', 'speaking')`),
    check('speakers_state_known', sql`${t.state} in ('waiting', 'speaking', 'spoken', 'withdrawn')`),
    check(
      'speakers_times_whole',
      sql`(${t.state} in ('speaking', 'spoken')) = (${t.beganAt} is not null)
        and (${t.beganAt} is null) = (${t.seconds} is null)
        and (${t.state} in ('spoken', 'withdrawn')) = (${t.endedAt} is not null)`,
    ),
  ],
)
