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
  passwordHash: text('password_hash').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  disabledAt: timestamp('disabled_at', { withTimezone: true }),
})

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
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
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
