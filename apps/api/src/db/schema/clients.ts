import type { ClientScope } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { regions } from './regions.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true })

/** A third-party system: what its keys open, in which region and until when; asked for by one person, approved by another. */
export const apiClients = pgTable(
  'api_clients',
  {
    id: uuid('id').primaryKey(),
    /** Under whom its acts stand in the records, as everybody's do: a person without a number, a home or a sign-in. */
    personId: uuid('person_id')
      .notNull()
      .unique('api_clients_person_unique')
      .references(() => people.id),
    name: text('name').notNull(),
    operator: text('operator').notNull(),
    operatorPhone: text('operator_phone'),
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    scopes: text('scopes').array().$type<ClientScope[]>().notNull(),
    expiresAt: instant('expires_at').notNull(),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => people.id),
    requestedAt: instant('requested_at').notNull(),
    reason: text('reason').notNull(),
    approvedBy: uuid('approved_by').references(() => people.id),
    approvedAt: instant('approved_at'),
    refusedBy: uuid('refused_by').references(() => people.id),
    refusedAt: instant('refused_at'),
    refusedReason: text('refused_reason'),
    revokedBy: uuid('revoked_by').references(() => people.id),
    revokedAt: instant('revoked_at'),
    revokedReason: text('revoked_reason'),
    lastUsedAt: instant('last_used_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('api_clients_region').on(t.regionCode, t.id),
    check('api_clients_second_approver', sql`${t.approvedBy} <> ${t.requestedBy}`),
    check(
      'api_clients_answered_once',
      sql`(${t.approvedAt} is null or ${t.refusedAt} is null) and (${t.revokedAt} is null or ${t.approvedAt} is not null)`,
    ),
    check('api_clients_have_scopes', sql`cardinality(${t.scopes}) > 0`),
  ],
)

/** A key is found by its hash and told apart by its last four characters; itself it is kept nowhere. */
export const apiClientKeys = pgTable(
  'api_client_keys',
  {
    id: uuid('id').primaryKey(),
    clientId: uuid('client_id')
      .notNull()
      .references(() => apiClients.id),
    hash: text('hash').notNull().unique('api_client_keys_hash_unique'),
    lastFour: text('last_four').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    /** Set when another took its place. */
    endsAt: instant('ends_at'),
  },
  (t) => [index('api_client_keys_client').on(t.clientId, t.id)],
)
