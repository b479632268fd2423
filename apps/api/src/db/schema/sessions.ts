import { sql } from 'drizzle-orm'
import { check, customType, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A user name and password for a person; staff have one, residents mostly sign in by phone. */
export const accounts = pgTable('accounts', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  /** Compared without regard to case. */
  username: text('username').notNull().unique('accounts_username_unique'),
  /** Null once it was taken off: the name stays theirs. */
  passwordHash: text('password_hash'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
})

/** When a person last signed in, by either way, and whether they are kept from it. */
export const signIns = pgTable(
  'sign_ins',
  {
    personId: uuid('person_id')
      .primaryKey()
      .references(() => people.id, { onDelete: 'cascade' }),
    lastAt: timestamp('last_at', { withTimezone: true }),
    lockedAt: timestamp('locked_at', { withTimezone: true }),
    lockedBy: uuid('locked_by').references(() => people.id),
    lockedReason: text('locked_reason'),
  },
  (t) => [
    check(
      'sign_ins_locked_whole',
      sql`(${t.lockedAt} is null) = (${t.lockedBy} is null) and (${t.lockedAt} is null) = (${t.lockedReason} is null)`,
    ),
  ],
)

/** One sign-in on one device; its refresh token is replaced at each use. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** Each refresh token is a keyed hash of (session, rotation, seed): the tokens themselves are stored nowhere. */
    seed: bytea('seed').notNull(),
    rotation: integer('rotation').notNull().default(0),
    method: text('method').$type<'password' | 'phone'>().notNull(),
    /** Browser and system, as they named themselves; for the person's own list of devices. */
    device: text('device'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** When its refresh token was last replaced. */
    usedAt: timestamp('used_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (t) => [
    index('sessions_person').on(t.personId),
    index('sessions_expiry').on(t.expiresAt),
    check('sessions_method_known', sql`${t.method} in ('password', 'phone')`),
  ],
)

/** The last code sent to a number; stored only as a keyed hash, and gone when used. */
export const phoneCodes = pgTable('phone_codes', {
  phoneHash: text('phone_hash').primaryKey(),
  codeHash: text('code_hash').notNull(),
  sentAt: timestamp('sent_at', { withTimezone: true }).notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  attempts: integer('attempts').notNull().default(0),
})

/** Failed attempts by account, address or number (keyed hashes), and until when the next one must wait. */
export const throttles = pgTable(
  'throttles',
  {
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    failures: integer('failures').notNull(),
    firstAt: timestamp('first_at', { withTimezone: true }).notNull(),
    blockedUntil: timestamp('blocked_until', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'throttles_pkey', columns: [t.kind, t.subject] }),
    index('throttles_age').on(t.blockedUntil),
  ],
)
