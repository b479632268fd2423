import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { grants } from '../../db/schema/grants.ts'
import { AppError } from '../../http/errors.ts'
import { type Chain, recordGrantEvent } from './record-grant-event.ts'

type GrantRow = typeof grants.$inferSelect

const answered = () =>
  new AppError('conflict', { reason: 'grant_already_answered', detail: '该授权申请已有结论，不能再次处理' })

const update = async (tx: Tx, grant: GrantRow, change: Partial<GrantRow>) => {
  const set = { ...change, version: sql`${grants.version} + 1` }
  await tx.update(grants).set(set).where(eq(grants.id, grant.id))
}

/** In force from the commit on. `grant` is locked by the caller. @throws AppError conflict grant_already_answered */
export async function approveGrant(tx: Tx, chain: Chain, grant: GrantRow, by: string, at: Date): Promise<void> {
  if (grant.approvedAt || grant.refusedAt) throw answered()
  await update(tx, grant, { approvedBy: by, approvedAt: at })
  await recordGrantEvent(tx, chain, grant, 'approve', { by, at })
}

/** @throws AppError conflict grant_already_answered */
export async function refuseGrant(
  tx: Tx,
  chain: Chain,
  grant: GrantRow,
  refusal: { by: string; at: Date; reason: string },
): Promise<void> {
  if (grant.approvedAt || grant.refusedAt) throw answered()
  await update(tx, grant, { refusedBy: refusal.by, refusedAt: refusal.at, refusedReason: refusal.reason })
  await recordGrantEvent(tx, chain, grant, 'refuse', refusal)
}

/** Out of force from the commit on, in every process. @throws AppError conflict grant_not_active */
export async function revokeGrant(
  tx: Tx,
  chain: Chain,
  grant: GrantRow,
  revocation: { by: string; at: Date; reason: string },
): Promise<void> {
  if (!grant.approvedAt || grant.revokedAt) {
    throw new AppError('conflict', { reason: 'grant_not_active', detail: '该授权未生效或已撤销' })
  }
  await update(tx, grant, { revokedBy: revocation.by, revokedAt: revocation.at, revokedReason: revocation.reason })
  await recordGrantEvent(tx, chain, grant, 'revoke', revocation)
}
