import type { GrantRecord, GrantStatus } from '@tongxin/contract'
import type { grants } from '../../db/schema/grants.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskedName, type SealedPerson } from '../people/index.ts'

export function statusOf(grant: typeof grants.$inferSelect, now: Date): GrantStatus {
  if (grant.refusedAt) return 'refused'
  if (grant.revokedAt) return 'revoked'
  if (!grant.approvedAt) return 'requested'
  return grant.validTo && grant.validTo <= now ? 'ended' : 'active'
}

const decision = (by: string | null, at: Date | null, reason: string | null): GrantRecord['approved'] =>
  by && at ? { by, at: at.toISOString(), reason } : null

export function presentGrant(
  cipher: Cipher,
  row: { grant: typeof grants.$inferSelect; person: SealedPerson; requester: SealedPerson; unitName: string | null },
  now: Date,
): GrantRecord {
  const { grant, person, requester, unitName } = row
  return {
    id: grant.id,
    person: { id: person.id, name: maskedName(cipher, person) },
    role: grant.role,
    regionCode: grant.regionCode,
    unit: grant.unitId && unitName ? { id: grant.unitId, name: unitName } : null,
    deputyFor: grant.deputyFor,
    status: statusOf(grant, now),
    requested: {
      by: grant.requestedBy,
      name: maskedName(cipher, requester),
      at: grant.requestedAt.toISOString(),
      reason: grant.reason,
    },
    approved: decision(grant.approvedBy, grant.approvedAt, null),
    refused: decision(grant.refusedBy, grant.refusedAt, grant.refusedReason),
    revoked: decision(grant.revokedBy, grant.revokedAt, grant.revokedReason),
    validFrom: grant.validFrom?.toISOString() ?? null,
    validTo: grant.validTo?.toISOString() ?? null,
    version: grant.version,
  }
}
