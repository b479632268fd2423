import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { apiClientKeys, apiClients } from '../../db/schema/clients.ts'
import { CLIENTS_CHANGED, KEY_PREFIX, keyHash } from '../../http/client-access.ts'
import { AppError } from '../../http/errors.ts'
import { recordAudit } from '../people/index.ts'
import { type ClientRow, statusOf } from './clients.queries.ts'

const HOUR_MS = 3_600_000

/**
 * A new key, told here and never again; those before it end after `overlapHours`, at 0 at once. `client` is locked by the caller.
 * @throws AppError stale_version, conflict client_not_active
 */
export async function issueKey(
  tx: Tx,
  client: ClientRow,
  { by, at, seenVersion, overlapHours }: { by: string; at: Date; seenVersion: number; overlapHours: number },
): Promise<string> {
  if (client.version !== seenVersion) throw new AppError('stale_version')
  if (statusOf(client, at) !== 'active')
    throw new AppError('conflict', { reason: 'client_not_active', detail: '该系统未获批准、已停用或已到期' })
  const key = `${KEY_PREFIX}${randomBytes(32).toString('base64url')}`
  const ends = new Date(at.getTime() + overlapHours * HOUR_MS)
  await tx
    .update(apiClientKeys)
    .set({ endsAt: ends })
    .where(and(eq(apiClientKeys.clientId, client.id), or(isNull(apiClientKeys.endsAt), gt(apiClientKeys.endsAt, ends))))
  const lastFour = key.slice(-4)
  await tx
    .insert(apiClientKeys)
    .values({ id: newId(at), clientId: client.id, hash: keyHash(key), lastFour, createdBy: by, createdAt: at })
  await tx
    .update(apiClients)
    .set({ version: sql`${apiClients.version} + 1` })
    .where(eq(apiClients.id, client.id))
  await recordAudit(tx, {
    at,
    personId: by,
    action: 'issue_client_key',
    subjectType: 'client',
    subjectId: client.id,
    purpose: client.reason,
    regionCode: client.regionCode,
    details: { name: client.name, lastFour, overlapHours },
  })
  await announce(tx, CLIENTS_CHANGED, client.id)
  return key
}
