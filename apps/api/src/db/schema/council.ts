import {
  type CouncilClass,
  OWNERS_RULES,
  type Parts,
  VOTING_RULES,
  type VotingMethod,
  type VotingPlace,
  type VotingRule,
} from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { agendaItems } from './agenda.ts'
import { meetings } from './meetings.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Who was there, from when until when; whoever comes back is there again. Only members count towards the quorum. */
export const attendance = pgTable(
  'attendance',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    class: text('class').$type<CouncilClass | 'staff'>().notNull(),
    /** The member for whom a deputy sits there. */
    standsFor: uuid('stands_for').references(() => people.id),
    checkedInAt: instant('checked_in_at').notNull(),
    leftAt: instant('left_at'),
  },
  (t) => [
    primaryKey({ name: 'attendance_pkey', columns: [t.communityCode, t.meetingId, t.personId] }),
    foreignKey({
      name: 'attendance_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    uniqueIndex('attendance_one_deputy')
      .on(t.communityCode, t.meetingId, t.standsFor)
      .where(sql`${t.standsFor} is not null and ${t.leftAt} is null`),
    check(
      'attendance_class_known',
      sql`${t.class} in ('representative', 'party_member', 'unit_member', 'staff_member', 'staff')`,
    ),
  ],
)

const rules = Object.keys(VOTING_RULES)
  .map((rule) => `'${rule}'`)
  .join(', ')

const ownersRules = sql.raw(OWNERS_RULES.map((rule) => `'${rule}'`).join(', '))

/** What is put to the vote, under which rule, and the sums by which it passed or failed. Areas are in 0.01 m². */
export const motions = pgTable(
  'motions',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    issueId: uuid('issue_id').notNull(),
    /** Of an amendment: the motion whose text it would replace by its own. */
    amendsId: uuid('amends_id'),
    text: text('text').notNull(),
    /** As it was moved, once it was amended. */
    originalText: text('original_text'),
    rule: text('rule').$type<VotingRule>().notNull(),
    proposes: text('proposes').$type<'act' | 'not_to_act'>().notNull(),
    state: text('state').$type<'moved' | 'open' | 'passed' | 'failed' | 'accepted' | 'withdrawn'>().notNull(),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => people.id),
    proposedAt: instant('proposed_at').notNull(),
    headsFor: integer('heads_for'),
    headsAgainst: integer('heads_against'),
    headsAbstain: integer('heads_abstain'),
    /** Members present (council's rules), or all who are entitled (owners, households). */
    entitledHeads: integer('entitled_heads'),
    sustainedObjections: integer('sustained_objections'),
    areaFor: bigint('area_for', { mode: 'number' }),
    areaAgainst: bigint('area_against', { mode: 'number' }),
    areaAbstain: bigint('area_abstain', { mode: 'number' }),
    entitledArea: bigint('entitled_area', { mode: 'number' }),
    /** Null when the window ended and it was counted by itself. */
    countedBy: uuid('counted_by').references(() => people.id),
    countedAt: instant('counted_at'),
    method: text('method').$type<VotingMethod>().notNull().default('hands'),
    place: text('place').$type<VotingPlace>().notNull().default('room'),
    /** The window of a vote held online; in both places only its end. */
    opensAt: instant('opens_at'),
    closesAt: instant('closes_at'),
    /** When the roll was frozen; null before, and for a show of hands. */
    openedAt: instant('opened_at'),
    moverId: uuid('mover_id').references(() => people.id),
    seconderId: uuid('seconder_id').references(() => people.id),
    /** By class who counts as present, as it was counted. */
    parts: jsonb('parts').$type<Parts>(),
    /** Votes cast, as it was counted. */
    ballotsCast: integer('ballots_cast'),
    /** Of a secret ballot: SPKI in base64, and the hash of the list it was counted from. */
    publicKey: text('public_key'),
    listHash: text('list_hash'),
  },
  (t) => [
    primaryKey({ name: 'motions_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'motions_item',
      columns: [t.communityCode, t.meetingId, t.issueId],
      foreignColumns: [agendaItems.communityCode, agendaItems.meetingId, agendaItems.issueId],
    }),
    uniqueIndex('motions_one_open')
      .on(t.communityCode, t.meetingId)
      .where(sql`${t.state} = 'open' and ${t.place} = 'room'`),
    uniqueIndex('motions_one_open_on_matter')
      .on(t.communityCode, t.issueId)
      .where(sql`${t.state} in ('moved', 'open') and ${t.amendsId} is null`),
    uniqueIndex('motions_one_moved')
      .on(t.communityCode, t.meetingId)
      .where(sql`${t.state} = 'moved' and ${t.amendsId} is null`),
    uniqueIndex('motions_one_amendment')
      .on(t.communityCode, t.amendsId)
      .where(sql`${t.state} in ('moved', 'open') and ${t.amendsId} is not null`),
    foreignKey({
      name: 'motions_amends',
      columns: [t.communityCode, t.amendsId],
      foreignColumns: [t.communityCode, t.id],
    }),
    index('motions_by_item').on(t.communityCode, t.meetingId, t.issueId, t.id),
    check('motions_rule_known', sql.raw(`rule in (${rules})`)),
    check('motions_proposes_known', sql`${t.proposes} in ('act', 'not_to_act')`),
    check('motions_state_known', sql`${t.state} in ('moved', 'open', 'passed', 'failed', 'accepted', 'withdrawn')`),
    check(
      'motions_amendment_whole',
      sql`(${t.amendsId} is null and ${t.state} <> 'accepted') or (${t.amendsId} is not null and ${t.place} = 'room'
        and ${t.rule} in ('consensus', 'majority', 'two_thirds') and ${t.originalText} is null)`,
    ),
    check('motions_method_known', sql`${t.method} in ('hands', 'open', 'secret')`),
    check('motions_place_known', sql`${t.place} in ('room', 'online', 'both')`),
    check(
      'motions_window_whole',
      sql`(${t.place} = 'room') = (${t.closesAt} is null) and (${t.place} = 'room' or ${t.method} <> 'hands')
        and (${t.opensAt} is null or ${t.opensAt} < ${t.closesAt})`,
    ),
    check(
      'motions_ballot_whole',
      sql`(${t.ballotsCast} is null) = (${t.parts} is null)
        and (${t.method} = 'hands' or ${t.rule} in (${ownersRules}) or (${t.parts} is null) = (${t.countedAt} is null))`,
    ),
    check(
      'motions_owners_over_a_window',
      sql`${t.rule} not in (${ownersRules}) or (${t.method} = 'open' and ${t.place} = 'online' and ${t.opensAt} is not null)`,
    ),
    check('motions_key_of_secret', sql`(${t.method} = 'secret') = (${t.publicKey} is not null)`),
    check(
      'motions_counted_whole',
      sql`(${t.state} in ('passed', 'failed')) = (${t.countedAt} is not null)
        and num_nulls(${t.headsFor}, ${t.headsAgainst}, ${t.headsAbstain}, ${t.entitledHeads}, ${t.countedAt}) in (0, 5)
        and num_nulls(${t.areaFor}, ${t.areaAgainst}, ${t.areaAbstain}, ${t.entitledArea}) in (0, 4)`,
    ),
    check(
      'motions_nobody_counts_twice',
      sql`${t.headsFor} + ${t.headsAgainst} + ${t.headsAbstain} <= ${t.entitledHeads}
        and (${t.entitledArea} is null or ${t.areaFor} + ${t.areaAgainst} + ${t.areaAbstain} <= ${t.entitledArea})`,
    ),
  ],
)
