import type { Role } from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { regions } from './regions.ts'
import { units } from './units.ts'

/**
 * A role in a region, asked for by one person and approved by another. It holds from approval (or `valid_from`) until
 * `valid_to` or revocation; a request refused or revoked stays as a record.
 */
export const grants = pgTable(
  'grants',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    role: text('role').$type<Exclude<Role, 'resident'>>().notNull(),
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    unitId: uuid('unit_id').references(() => units.id),
    /** The council member in whose absence this person sits; null for a seat of one's own. */
    deputyFor: uuid('deputy_for').references(() => people.id),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => people.id),
    requestedAt: timestamp('requested_at', { withTimezone: true }).notNull(),
    reason: text('reason').notNull(),
    approvedBy: uuid('approved_by').references(() => people.id),
    approvedAt: timestamp('approved_at', { withTimezone: true }),
    refusedBy: uuid('refused_by').references(() => people.id),
    refusedAt: timestamp('refused_at', { withTimezone: true }),
    refusedReason: text('refused_reason'),
    revokedBy: uuid('revoked_by').references(() => people.id),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    revokedReason: text('revoked_reason'),
    validFrom: timestamp('valid_from', { withTimezone: true }),
    validTo: timestamp('valid_to', { withTimezone: true }),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('grants_person').on(t.personId, t.id),
    index('grants_region').on(t.regionCode, t.id),
    index('grants_unit').on(t.unitId),
    // As the deputy of two members somebody has two of them; whose seat they take, the meeting decides.
    uniqueIndex('grants_one_standing')
      .on(
        t.personId,
        t.role,
        t.regionCode,
        sql`coalesce(${t.unitId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
        sql`coalesce(${t.deputyFor}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      )
      .where(sql`${t.refusedAt} is null and ${t.revokedAt} is null and ${t.validTo} is null`),
    check(
      'grants_role_known',
      sql`${t.role} in ('representative', 'party_member', 'volunteer', 'grid_worker', 'officer', 'secretary',
        'unit_handler', 'supervisor', 'administrator', 'care_worker', 'teacher', 'mediator')`,
    ),
    // A representative's with a unit is that unit's seat at the council.
    check(
      'grants_handlers_have_units',
      sql`${t.role} = 'representative' or (${t.role} = 'unit_handler') = (${t.unitId} is not null)`,
    ),
    index('grants_deputies').on(t.deputyFor).where(sql`${t.deputyFor} is not null`),
    check(
      'grants_deputies_of_members',
      sql`${t.deputyFor} is null or (${t.role} in ('representative', 'party_member') and ${t.deputyFor} <> ${t.personId})`,
    ),
    check('grants_not_to_oneself', sql`${t.requestedBy} <> ${t.personId} and ${t.approvedBy} <> ${t.personId}`),
    check('grants_second_approver', sql`${t.approvedBy} <> ${t.requestedBy}`),
    check(
      'grants_answered_once',
      sql`(${t.approvedAt} is null or ${t.refusedAt} is null) and (${t.revokedAt} is null or ${t.approvedAt} is not null)`,
    ),
    check(
      'grants_validity_runs_forward',
      sql`${t.validTo} is null or ${t.validFrom} is null or ${t.validTo} > ${t.validFrom}`,
    ),
  ],
)
