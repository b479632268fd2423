import type { Queryable } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { insertSession, type SessionRow } from './sessions.queries.ts'
import { expiryOf, newSeed } from './tokens.ts'

/** Signs a person in on one device. */
export async function openSession(
  tx: Queryable,
  personId: string,
  method: SessionRow['method'],
  now: Date,
): Promise<SessionRow> {
  const opened = { id: newId(now), personId, seed: newSeed(), rotation: 0, method, createdAt: now }
  const session = { ...opened, expiresAt: expiryOf(opened, now) }
  await insertSession(tx, session)
  return session
}
