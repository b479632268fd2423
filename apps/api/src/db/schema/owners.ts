import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { households } from './households.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** A community's roll of flats: the subject of its chain. */
export const ownerRolls = pgTable(
  'owner_rolls',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    importedBy: uuid('imported_by')
      .notNull()
      .references(() => people.id),
    importedAt: instant('imported_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'owner_rolls_pkey', columns: [t.communityCode, t.id] }),
    unique('owner_rolls_one').on(t.communityCode),
  ],
)

/** Who stands on a title deed, by name and number of an identity paper; an account on the platform is not needed. */
export const titleOwners = pgTable(
  'title_owners',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    nameCipher: text('name_cipher').notNull(),
    /** Keyed: the number itself is not kept. */
    identityHash: text('identity_hash').notNull(),
    /** Whoever built the houses, and holds what is not sold. */
    developer: boolean('developer').notNull(),
  },
  (t) => [
    primaryKey({ name: 'title_owners_pkey', columns: [t.communityCode, t.id] }),
    unique('title_owners_identity').on(t.communityCode, t.identityHash),
  ],
)

/** Who owns how much of a flat; a flat's shares make one, exactly. */
export const flatTitles = pgTable(
  'flat_titles',
  {
    communityCode: text('community_code').notNull(),
    householdId: uuid('household_id')
      .notNull()
      .references(() => households.id),
    ownerId: uuid('owner_id').notNull(),
    shareNumerator: integer('share_numerator').notNull(),
    shareDenominator: integer('share_denominator').notNull(),
  },
  (t) => [
    primaryKey({ name: 'flat_titles_pkey', columns: [t.communityCode, t.householdId, t.ownerId] }),
    foreignKey({
      name: 'flat_titles_owner',
      columns: [t.communityCode, t.ownerId],
      foreignColumns: [titleOwners.communityCode, titleOwners.id],
    }),
    index('flat_titles_by_owner').on(t.communityCode, t.ownerId),
    check('flat_titles_share_fits', sql`${t.shareNumerator} > 0 and ${t.shareNumerator} <= ${t.shareDenominator}`),
  ],
)

/** How many heads an overlapping co-ownership makes. It holds for these flats with these owners, and no others. */
export const headRulings = pgTable(
  'head_rulings',
  {
    communityCode: text('community_code').notNull(),
    rollId: uuid('roll_id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    reason: text('reason').notNull(),
    decidedBy: uuid('decided_by')
      .notNull()
      .references(() => people.id),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'head_rulings_pkey', columns: [t.communityCode, t.rollId, t.fingerprint] }),
    foreignKey({
      name: 'head_rulings_roll',
      columns: [t.communityCode, t.rollId],
      foreignColumns: [ownerRolls.communityCode, ownerRolls.id],
    }),
  ],
)

/** Under which head each flat of such an overlap counts. */
export const ruledFlats = pgTable(
  'ruled_flats',
  {
    communityCode: text('community_code').notNull(),
    rollId: uuid('roll_id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    householdId: uuid('household_id')
      .notNull()
      .references(() => households.id),
    headNo: integer('head_no').notNull(),
  },
  (t) => [
    primaryKey({ name: 'ruled_flats_pkey', columns: [t.communityCode, t.rollId, t.fingerprint, t.householdId] }),
    foreignKey({
      name: 'ruled_flats_ruling',
      columns: [t.communityCode, t.rollId, t.fingerprint],
      foreignColumns: [headRulings.communityCode, headRulings.rollId, headRulings.fingerprint],
    }),
    check('ruled_flats_head_positive', sql`${t.headNo} > 0`),
  ],
)
