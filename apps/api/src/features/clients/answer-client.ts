import { eq, sql } from 'drizzle-orm'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { apiClients } from '../../db/schema/clients.ts'
import { CLIENTS_CHANGED } from '../../http/client-access.ts'
import { AppError } from '../../http/errors.ts'
import { recordAudit } from '../people/index.ts'
import type { ClientRow } from './clients.queries.ts'

interface Answered {
  by: string
  at: Date
  reason: string
}

const answeredAlready = () =>
  new AppError('conflict', { reason: 'client_already_answered', detail: '该登记已有结论，不能再次处理' })

const update = async (tx: Tx, client: ClientRow, action: string, change: Partial<ClientRow>, answered: Answered) => {
  await tx
    .update(apiClients)
    .set({ ...change, version: sql`${apiClients.version} + 1` })
    .where(eq(apiClients.id, client.id))
  await recordAudit(tx, {
    at: answered.at,
    personId: answered.by,
    action,
    subjectType: 'client',
    subjectId: client.id,
    purpose: answered.reason,
    regionCode: client.regionCode,
    details: { name: client.name },
  })
  await announce(tx, CLIENTS_CHANGED, client.id)
}

/** `client` is locked by the caller. @throws AppError conflict client_already_answered */
export async function approveClient(tx: Tx, client: ClientRow, answered: Omit<Answered, 'reason'>): Promise<void> {
  if (client.approvedAt || client.refusedAt) throw answeredAlready()
  const { by, at } = answered
  const change = { approvedBy: by, approvedAt: at }
  await update(tx, client, 'approve_client', change, { ...answered, reason: client.reason })
}

/** @throws AppError conflict client_already_answered */
export async function refuseClient(tx: Tx, client: ClientRow, answered: Answered): Promise<void> {
  if (client.approvedAt || client.refusedAt) throw answeredAlready()
  const { by, at, reason } = answered
  await update(tx, client, 'refuse_client', { refusedBy: by, refusedAt: at, refusedReason: reason }, answered)
}

/** Every key of it is dead from the commit on, in every process. @throws AppError conflict client_not_active */
export async function revokeClient(tx: Tx, client: ClientRow, answered: Answered): Promise<void> {
  if (!client.approvedAt || client.revokedAt)
    throw new AppError('conflict', { reason: 'client_not_active', detail: '该系统未获批准或已停用' })
  const { by, at, reason } = answered
  await update(tx, client, 'revoke_client', { revokedBy: by, revokedAt: at, revokedReason: reason }, answered)
}
