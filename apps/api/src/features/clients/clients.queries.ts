import type { ClientStatus } from '@tongxin/contract'
import { and, desc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../../db/connect.ts'
import { apiClientKeys, apiClients } from '../../db/schema/clients.ts'
import { people } from '../../db/schema/people.ts'

export type ClientRow = typeof apiClients.$inferSelect
export type KeyRow = typeof apiClientKeys.$inferSelect

export function statusOf(client: ClientRow, now: Date): ClientStatus {
  if (client.refusedAt) return 'refused'
  if (client.revokedAt) return 'revoked'
  if (client.expiresAt <= now) return 'ended'
  return client.approvedAt ? 'active' : 'requested'
}

const withStatus = (status: ClientStatus, now: Date): SQL => {
  const { approvedAt, refusedAt, revokedAt } = apiClients
  const open = sql`${refusedAt} is null and ${revokedAt} is null and ${apiClients.expiresAt} > ${now.toISOString()}`
  return {
    requested: sql`${open} and ${approvedAt} is null`,
    active: sql`${open} and ${approvedAt} is not null`,
    refused: sql`${refusedAt} is not null`,
    revoked: sql`${revokedAt} is not null`,
    ended: sql`${refusedAt} is null and ${revokedAt} is null and ${apiClients.expiresAt} <= ${now.toISOString()}`,
  }[status]
}

export const lockClient = async (tx: Tx, id: string) =>
  (await tx.select().from(apiClients).where(eq(apiClients.id, id)).for('update'))[0]

const requesters = alias(people, 'requesters')
const approvers = alias(people, 'approvers')
/** Whoever refused it or ended it: never both. */
const enders = alias(people, 'enders')

const select = (on: Queryable) =>
  on
    .select({
      client: apiClients,
      requester: { id: requesters.id, nameCipher: requesters.nameCipher, phoneCipher: requesters.phoneCipher },
      approver: { id: approvers.id, nameCipher: approvers.nameCipher, phoneCipher: approvers.phoneCipher },
      ender: { id: enders.id, nameCipher: enders.nameCipher, phoneCipher: enders.phoneCipher },
    })
    .from(apiClients)
    .innerJoin(requesters, eq(requesters.id, apiClients.requestedBy))
    .leftJoin(approvers, eq(approvers.id, apiClients.approvedBy))
    .leftJoin(enders, eq(enders.id, sql`coalesce(${apiClients.refusedBy}, ${apiClients.revokedBy})`))

export type ClientRead = Awaited<ReturnType<typeof listClients>>[number]

export const findClient = async (on: Queryable, id: string) => (await select(on).where(eq(apiClients.id, id)))[0]

/** By region, newest first within it: read backwards from the index (region_code, id). */
export const listClients = (
  on: Queryable,
  filter: { regions: string[]; status?: ClientStatus; now: Date; after: [string, string] | null; limit: number },
) =>
  select(on)
    .where(
      and(
        inArray(apiClients.regionCode, filter.regions),
        filter.status && withStatus(filter.status, filter.now),
        filter.after
          ? sql`(${apiClients.regionCode}, ${apiClients.id}) < (${filter.after[0]}, ${filter.after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(apiClients.regionCode), desc(apiClients.id))
    .limit(filter.limit)

/** Those that still open something, newest first. */
export const listKeys = async (on: Queryable, clientIds: string[], now: Date): Promise<KeyRow[]> =>
  clientIds.length === 0
    ? []
    : on
        .select()
        .from(apiClientKeys)
        .where(
          and(
            inArray(apiClientKeys.clientId, clientIds),
            or(isNull(apiClientKeys.endsAt), gt(apiClientKeys.endsAt, now)),
          ),
        )
        .orderBy(desc(apiClientKeys.id))
