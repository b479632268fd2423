import type { ClientView } from '@tongxin/contract'
import type { Cipher } from '../../personal-data/cipher.ts'
import { openName, type SealedPerson } from '../people/index.ts'
import { type ClientRead, type KeyRow, statusOf } from './clients.queries.ts'

/** @param keys those of this client @param may what the reader may do with it */
export function presentClient(
  cipher: Cipher,
  row: ClientRead,
  keys: readonly KeyRow[],
  may: ClientView['may'],
  now: Date,
): ClientView {
  const { client, requester, approver, ender } = row
  const step = (by: string | null, of: SealedPerson | null, at: Date | null, reason: string | null) =>
    by && at ? { by, name: of && openName(cipher, of), at: at.toISOString(), reason } : null
  const status = statusOf(client, now)
  return {
    id: client.id,
    name: client.name,
    operator: client.operator,
    operatorPhone: client.operatorPhone,
    regionCode: client.regionCode,
    scopes: client.scopes,
    status,
    expiresAt: client.expiresAt.toISOString(),
    lastUsedAt: client.lastUsedAt?.toISOString() ?? null,
    requested: step(client.requestedBy, requester, client.requestedAt, client.reason)!,
    approved: step(client.approvedBy, approver, client.approvedAt, null),
    refused: step(client.refusedBy, ender, client.refusedAt, client.refusedReason),
    revoked: step(client.revokedBy, ender, client.revokedAt, client.revokedReason),
    keys:
      status === 'active'
        ? keys.map(({ id, lastFour, createdAt, endsAt }) => ({
            id,
            lastFour,
            createdAt: createdAt.toISOString(),
            endsAt: endsAt?.toISOString() ?? null,
          }))
        : [],
    may,
    version: client.version,
  }
}
