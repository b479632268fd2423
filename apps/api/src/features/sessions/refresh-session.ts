import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { lockLiveSession, revokeSession, rotateSession, type SessionRow } from './sessions.queries.ts'
import { expiryOf, parseRefreshToken, refreshToken, sameToken } from './tokens.ts'

/**
 * Replaces the refresh token. One that was replaced before and comes again is in two hands: the session is revoked,
 * for both.
 * @throws AppError session_ended
 */
export async function refreshSession(
  deps: Deps,
  token: string | undefined,
  forget: (personId: string) => void,
): Promise<SessionRow> {
  const named = parseRefreshToken(token)
  if (!named || token === undefined) throw new AppError('session_ended')
  const now = deps.clock.now()
  const session = await inTransaction(deps.pool, async (tx) => {
    const current = await lockLiveSession(tx, named.sessionId, now)
    // Its hash shows whether the token was ever given out; a made-up one ends nobody's session.
    if (!current || !sameToken(token, refreshToken(deps, { ...current, rotation: named.rotation }))) return null
    if (named.rotation !== current.rotation) {
      await revokeSession(tx, current.id, now)
      return { revoked: current.personId }
    }
    const next = { ...current, rotation: current.rotation + 1, expiresAt: expiryOf(current, now) }
    await rotateSession(tx, next.id, next.rotation, now, next.expiresAt)
    return next
  })
  if (session && 'revoked' in session) forget(session.revoked)
  if (!session || 'revoked' in session) throw new AppError('session_ended')
  return session
}
