import {
  type Channel,
  CLOCK_CODES,
  type Clock,
  type ClockCode,
  type Kind,
  type Route,
  STATE_CODES,
  STATES,
  type Stage,
  type State,
  type Urgency,
  type Visibility,
} from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  customType,
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
import { people } from './people.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const quoted = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join(', ')
/** Of a matter whose clocks run: this one is among them. Written out, so that its index is found. */
export const waitsOn = (clock: ClockCode): string => `due_at is not null and clocks @> '[{"clock":"${clock}"}]'`
const stageCases = STATE_CODES.map((state) => `when '${state}' then '${STATES[state].stage}'`).join(' ')

/**
 * One row per matter: the fold of its events (`apply()` of the lifecycle), kept so that lists are index scans. Every
 * column of `Issue` stands here under the same name; the rest is the record's address and what search needs.
 */
export const issues = pgTable(
  'issues',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    /** `2026-000123`: per community and year of raising. */
    number: text('number').notNull(),
    lastSeq: integer('last_seq').notNull(),
    headHash: text('head_hash').notNull(),

    state: text('state').$type<State>().notNull(),
    stage: text('stage')
      .$type<Stage>()
      .notNull()
      .generatedAlwaysAs(sql.raw(`(case state ${stageCases} end)`)),
    version: integer('version').notNull(),
    round: integer('round').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    visibility: text('visibility').$type<Visibility>().notNull(),
    anonymous: boolean('anonymous').notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    route: text('route').$type<Route>(),
    urgency: text('urgency').$type<Urgency>(),
    categoryCode: text('category_code'),
    gridCode: text('grid_code'),
    buildingCode: text('building_code'),
    title: text('title'),
    body: text('body'),
    publicTitle: text('public_title'),
    publicText: text('public_text'),
    result: text('result'),

    raisedAt: instant('raised_at').notNull(),
    stateSince: instant('state_since').notNull(),
    acceptedAt: instant('accepted_at'),
    contactedAt: instant('contacted_at'),
    firstDispatchedAt: instant('first_dispatched_at'),
    dispatchedAt: instant('dispatched_at'),
    submittedAt: instant('submitted_at'),
    publicizedAt: instant('publicized_at'),
    closedAt: instant('closed_at'),

    clocks: jsonb('clocks').$type<readonly Clock[]>().notNull(),
    dueClock: text('due_clock').$type<ClockCode>(),
    dueAt: instant('due_at'),
    handleDueAt: instant('handle_due_at'),
    noticeEndsAt: instant('notice_ends_at'),
    evaluationEndsAt: instant('evaluation_ends_at'),
    reviewAt: instant('review_at'),

    raiserCount: integer('raiser_count').notNull(),
    contentRaisers: integer('content_raisers').notNull(),
    endorsingHouseholds: integer('endorsing_households').notNull(),
    ratingCount: integer('rating_count').notNull(),
    openBadRatings: integer('open_bad_ratings').notNull(),
    openObjections: integer('open_objections').notNull(),
    openContests: integer('open_contests').notNull(),
    openParts: integer('open_parts').notNull(),

    leadUnitId: uuid('lead_unit_id'),
    designated: boolean('designated').notNull(),
    complainedUnitId: uuid('complained_unit_id'),
    decidedBy: uuid('decided_by'),
    submittedBy: uuid('submitted_by'),
    verifiedBy: uuid('verified_by'),
    appealOf: text('appeal_of').$type<State>(),
    appealed: boolean('appealed').notNull(),
    mergedInto: text('merged_into'),
    suspendedFrom: text('suspended_from').$type<State>(),
    suspensions: integer('suspensions').notNull(),
    reopenings: integer('reopenings').notNull(),
    rectifyOwed: boolean('rectify_owed').notNull(),
    extensionAskedFor: instant('extension_asked_for'),
    extensionBy: uuid('extension_by'),
    escalated: boolean('escalated').notNull(),
    supervisions: integer('supervisions').notNull(),
    supervisionDueAt: instant('supervision_due_at'),
    externalSupport: integer('external_support').notNull(),

    /** Where an imported matter came from, and its name there: what makes a second import safe. */
    importSource: text('import_source'),
    externalId: text('external_id'),
    /** Of the imported row as it was read: a second import sees whether anything changed. */
    importHash: text('import_hash'),
    /** When time alone next brings something about: a step of a clock, the end of a period. Not part of the record. */
    wakeAt: instant('wake_at'),
    /** Two-character pieces of the raiser's text and of the public one: Chinese has no blanks to cut at. */
    search: tsvector('search').notNull(),
    publicSearch: tsvector('public_search'),
  },
  (t) => [
    primaryKey({ name: 'issues_pkey', columns: [t.communityCode, t.id] }),
    uniqueIndex('issues_number').on(t.communityCode, t.number),
    uniqueIndex('issues_import')
      .on(t.communityCode, t.importSource, t.externalId)
      .where(sql`${t.importSource} is not null`),
    index('issues_by_time').on(t.communityCode, t.raisedAt, t.id),
    index('issues_by_state').on(t.communityCode, t.state, t.raisedAt, t.id),
    index('issues_by_stage').on(t.communityCode, t.stage, t.raisedAt, t.id),
    index('issues_by_grid').on(t.communityCode, t.gridCode, t.raisedAt, t.id),
    index('issues_by_category').on(t.communityCode, t.categoryCode, t.raisedAt, t.id),
    index('issues_by_unit').on(t.communityCode, t.leadUnitId, t.raisedAt, t.id).where(sql`${t.leadUnitId} is not null`),
    index('issues_by_due').on(t.communityCode, t.dueAt, t.id).where(sql`${t.dueAt} is not null`),
    // What waits for whoever answers this clock, first to run out first.
    ...CLOCK_CODES.map((clock) =>
      index(`issues_waiting_${clock}`)
        .on(t.communityCode, t.dueAt, t.id)
        .where(sql.raw(waitsOn(clock))),
    ),
    index('issues_extension_asked')
      .on(t.communityCode, t.extensionAskedFor, t.id)
      .where(sql`${t.extensionAskedFor} is not null`),
    index('issues_to_wake').on(t.communityCode, t.wakeAt).where(sql`${t.wakeAt} is not null`),
    index('issues_public_by_time')
      .on(t.communityCode, t.raisedAt, t.id)
      .where(sql`${t.visibility} = 'public' and ${t.publicTitle} is not null`),
    index('issues_on_notice')
      .on(t.communityCode, t.noticeEndsAt, t.id)
      .where(sql`${t.state} = 'publicized' and ${t.visibility} = 'public' and ${t.publicTitle} is not null`),
    index('issues_publicized').on(t.communityCode, t.stateSince, t.id).where(sql`${t.state} = 'publicized'`),
    index('issues_suspended').on(t.communityCode, t.reviewAt, t.id).where(sql`${t.state} = 'suspended'`),
    index('issues_search').using('gin', t.communityCode, t.search),
    index('issues_public_search')
      .using('gin', t.communityCode, t.publicSearch)
      .where(sql`${t.publicSearch} is not null`),
    check('issues_state_known', sql.raw(`state in (${quoted(STATE_CODES)})`)),
    check(
      'issues_counts_not_negative',
      sql.raw(`least(raiser_count, content_raisers, endorsing_households, rating_count,
      open_bad_ratings, open_objections, open_contests, open_parts, supervisions) >= 0`),
    ),
    check('issues_private_show_nothing', sql`${t.visibility} = 'public' or ${t.publicTitle} is null`),
  ],
)

/** The last number given out, per community and year. */
export const issueNumbers = pgTable(
  'issue_numbers',
  {
    communityCode: text('community_code').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ name: 'issue_numbers_pkey', columns: [t.communityCode, t.year] })],
)

/**
 * Whoever raised a matter, or was merged into it: each has every right of a raiser. Somebody without an account is a person
 * known by the number they left: a tracking link (its token kept only hashed) reads, a code sent to that number acts.
 * No person stands behind an imported raiser or one who left no number; the name they gave is kept here.
 */
export const raisers = pgTable(
  'raisers',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    issueId: uuid('issue_id').notNull(),
    personId: uuid('person_id').references(() => people.id),
    nameCipher: text('name_cipher'),
    /** Contact data reaches a unit's handler only with this consent, and never on a complaint. */
    contactConsent: boolean('contact_consent').notNull(),
    trackingHash: text('tracking_hash'),
    /** Who typed it in, when somebody else raised it for them. */
    typedBy: uuid('typed_by').references(() => people.id),
    joinedAt: instant('joined_at').notNull(),
    /** The issue this raiser came from, by a merge. */
    mergedFrom: uuid('merged_from'),
    mergedAt: instant('merged_at'),
    /** Withdrew: no longer a raiser, but may resubmit what was withdrawn. */
    detachedAt: instant('detached_at'),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    primaryKey({ name: 'raisers_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'raisers_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    index('raisers_by_issue').on(t.communityCode, t.issueId),
    index('raisers_by_person').on(t.personId, t.joinedAt, t.id),
    index('raisers_by_tracking').on(t.communityCode, t.trackingHash).where(sql`${t.trackingHash} is not null`),
  ],
)

/** Who stands behind a matter, and for which household: one person once, and households are what counts. */
export const endorsements = pgTable(
  'endorsements',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    householdId: uuid('household_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'endorsements_pkey', columns: [t.communityCode, t.issueId, t.personId] }),
    foreignKey({
      name: 'endorsements_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    index('endorsements_household').on(t.communityCode, t.issueId, t.householdId),
    index('endorsements_by_person').on(t.personId),
  ],
)
