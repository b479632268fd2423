import type { GrantRecord, GrantStatus } from '@tongxin/contract'
import { isStaffRole } from '@tongxin/lifecycle'
import type { grants } from '../../db/schema/grants.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskedName, openName, type SealedPerson } from '../people/index.ts'

export function statusOf(grant: typeof grants.$inferSelect, now: Date): GrantStatus {
  if (grant.refusedAt) return 'refused'
  if (grant.revokedAt) return 'revoked'
  if (!grant.approvedAt) return 'requested'
  return grant.validTo && grant.validTo <= now ? 'ended' : 'active'
}

export interface GrantRead {
  grant: typeof grants.$inferSelect
  person: SealedPerson
  requester: SealedPerson
  principal: SealedPerson | null
  approver: SealedPerson | null
  ender: SealedPerson | null
  unitName: string | null
}

/** @param may what the reader may do with it */
export function presentGrant(cipher: Cipher, row: GrantRead, may: GrantRecord['may'], now: Date): GrantRecord {
  const { grant, person, requester, principal, approver, ender, unitName } = row
  /** Who asked and who decided did so in office, and is named to whoever is to check it. */
  const inOffice = (of: SealedPerson | null) => of && openName(cipher, of)
  const holdsPost = isStaffRole(grant.role) && grant.approvedAt !== null
  const nameOf = (of: SealedPerson | null) => of && (holdsPost ? openName : maskedName)(cipher, of)
  const decision = (
    of: SealedPerson | null,
    by: string | null,
    at: Date | null,
    reason: string | null,
  ): GrantRecord['approved'] => (by && at ? { by, name: inOffice(of), at: at.toISOString(), reason } : null)
  return {
    id: grant.id,
    person: { id: person.id, name: nameOf(person) },
    role: grant.role,
    regionCode: grant.regionCode,
    unit: grant.unitId && unitName ? { id: grant.unitId, name: unitName } : null,
    deputyFor: grant.deputyFor,
    deputyForName: nameOf(principal),
    status: statusOf(grant, now),
    requested: {
      by: grant.requestedBy,
      name: inOffice(requester),
      at: grant.requestedAt.toISOString(),
      reason: grant.reason,
    },
    approved: decision(approver, grant.approvedBy, grant.approvedAt, null),
    refused: decision(ender, grant.refusedBy, grant.refusedAt, grant.refusedReason),
    revoked: decision(ender, grant.revokedBy, grant.revokedAt, grant.revokedReason),
    validFrom: grant.validFrom?.toISOString() ?? null,
    validTo: grant.validTo?.toISOString() ?? null,
    may,
    version: grant.version,
  }
}
