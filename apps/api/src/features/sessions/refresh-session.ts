import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { lockLiveSession, revokeSession, rotateSession, type SessionRow } from './sessions.queries.ts'
import { expiryOf, parseRefreshToken, refreshToken, sameToken } from './tokens.ts'

/**
 * Seconds in which the token just replaced still brings the next one: a page that was left, or whose line broke, before the answer came
 * has no other, and two pages may renew at once. No longer than that takes, because a thief is let in as well.
 */
const GRACE_SECONDS = 30

/**
 * Replaces the refresh token. The one just replaced brings the current one again and replaces nothing; an older one, or the same one
 * later, is in two hands: the session is revoked, for both.
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
    if (named.rotation === current.rotation) {
      const next = { ...current, rotation: current.rotation + 1, usedAt: now, expiresAt: expiryOf(current, now) }
      await rotateSession(tx, next)
      return next
    }
    const sinceReplaced = now.getTime() - current.usedAt.getTime()
    if (named.rotation === current.rotation - 1 && sinceReplaced < GRACE_SECONDS * 1_000) return current
    await revokeSession(tx, current.id, now)
    return { revoked: current.personId }
  })
  if (session && 'revoked' in session) forget(session.revoked)
  if (!session || 'revoked' in session) throw new AppError('session_ended')
  return session
}
