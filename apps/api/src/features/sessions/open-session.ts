import type { Queryable } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { AppError } from '../../http/errors.ts'
import { insertSession, noteSignIn, type SessionRow } from './sessions.queries.ts'
import { expiryOf, newSeed } from './tokens.ts'

/** Signs a person in on one device; the caller commits both or neither. @throws AppError account_locked */
export async function openSession(
  tx: Queryable,
  personId: string,
  method: SessionRow['method'],
  now: Date,
  device: string | null = null,
): Promise<SessionRow> {
  if (!(await noteSignIn(tx, personId, now))) throw new AppError('account_locked')
  const opened = { id: newId(now), personId, seed: newSeed(), rotation: 0, method, createdAt: now, usedAt: now }
  const session = { ...opened, expiresAt: expiryOf(opened, now) }
  await insertSession(tx, { ...session, device })
  return session
}
