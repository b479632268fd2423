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
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { attachments } from './attachments.ts'
import { issues } from './issues.ts'
import { meetings } from './meetings.ts'
import { people } from './people.ts'
import { units } from './units.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/**
 * What a meeting takes up, in order: matters, each waiting on one agenda at a time, and what is heard without a vote. The id of
 * a matter's item is the matter's own.
 */
export const agendaItems = pgTable(
  'agenda_items',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<'issue' | 'report' | 'information' | 'resolutions_due'>().notNull(),
    issueId: uuid('issue_id'),
    /** Of what is heard; a matter has its own. */
    title: text('title'),
    text: text('text'),
    presenterPersonId: uuid('presenter_person_id').references(() => people.id),
    presenterUnitId: uuid('presenter_unit_id').references(() => units.id),
    /** Of somebody else: where they come from, or what they are. */
    presenterAffiliation: text('presenter_affiliation'),
    presenterNameCipher: text('presenter_name_cipher'),
    /** Its time box. */
    minutes: integer('minutes'),
    position: integer('position').notNull(),
    state: text('state').$type<'pending' | 'discussing' | 'decided' | 'heard' | 'deferred' | 'dropped'>().notNull(),
    /** When it was last taken up; the latest of those under discussion is the one the room is at. */
    begunAt: instant('begun_at'),
  },
  (t) => [
    primaryKey({ name: 'agenda_items_pkey', columns: [t.communityCode, t.meetingId, t.id] }),
    unique('agenda_items_matter').on(t.communityCode, t.meetingId, t.issueId),
    foreignKey({
      name: 'agenda_items_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    foreignKey({
      name: 'agenda_items_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    uniqueIndex('agenda_items_one_waiting')
      .on(t.communityCode, t.issueId)
      .where(sql`${t.state} in ('pending', 'discussing')`),
    check('agenda_items_kind_known', sql`${t.kind} in ('issue', 'report', 'information', 'resolutions_due')`),
    check(
      'agenda_items_matter_or_words',
      sql`case ${t.kind} when 'issue' then ${t.issueId} = ${t.id} and ${t.title} is null and ${t.text} is null
        else ${t.issueId} is null and ${t.title} is not null end`,
    ),
    check(
      'agenda_items_one_presenter',
      sql`num_nonnulls(${t.presenterPersonId}, ${t.presenterUnitId}, ${t.presenterAffiliation}) <= 1
        and (${t.presenterNameCipher} is null or ${t.presenterAffiliation} is not null)`,
    ),
    check('agenda_items_minutes', sql`${t.minutes} between 1 and 240`),
    check(
      'agenda_items_state_known',
      sql`${t.state} in ('pending', 'discussing', 'decided', 'heard', 'deferred', 'dropped')
        and (${t.kind} = 'issue') >= (${t.state} = 'decided') and (${t.kind} <> 'issue') >= (${t.state} = 'heard')`,
    ),
  ],
)

/** Papers to an item of the agenda; whatever is taken off again stays on record. */
export const agendaPapers = pgTable(
  'agenda_papers',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    itemId: uuid('item_id').notNull(),
    attachmentId: uuid('attachment_id').notNull(),
    position: integer('position').notNull(),
    title: text('title').notNull(),
    addedAt: instant('added_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    primaryKey({ name: 'agenda_papers_pkey', columns: [t.communityCode, t.meetingId, t.attachmentId] }),
    index('agenda_papers_lie').on(t.communityCode, t.attachmentId),
    foreignKey({
      name: 'agenda_papers_item',
      columns: [t.communityCode, t.meetingId, t.itemId],
      foreignColumns: [agendaItems.communityCode, agendaItems.meetingId, agendaItems.id],
    }),
    foreignKey({
      name: 'agenda_papers_file',
      columns: [t.communityCode, t.attachmentId],
      foreignColumns: [attachments.communityCode, attachments.id],
    }),
  ],
)

/** What was written down of an item in session; the minutes begin with it. */
export const agendaNotes = pgTable(
  'agenda_notes',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    itemId: uuid('item_id').notNull(),
    text: text('text').notNull(),
    notedBy: uuid('noted_by')
      .notNull()
      .references(() => people.id),
    notedAt: instant('noted_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'agenda_notes_pkey', columns: [t.communityCode, t.meetingId, t.itemId] }),
    foreignKey({
      name: 'agenda_notes_item',
      columns: [t.communityCode, t.meetingId, t.itemId],
      foreignColumns: [agendaItems.communityCode, agendaItems.meetingId, agendaItems.id],
    }),
  ],
)
