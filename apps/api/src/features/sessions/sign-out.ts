import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { lockLiveSession, revokeSession } from './sessions.queries.ts'
import { parseRefreshToken, refreshToken, sameToken } from './tokens.ts'

/** Ends the session of the access token or else of the refresh token; returns whose it was, null when there is none. */
export async function signOut(
  deps: Deps,
  command: { sessionId: string | null; token: string | undefined },
): Promise<string | null> {
  const now = deps.clock.now()
  const named = parseRefreshToken(command.token)
  const id = command.sessionId ?? named?.sessionId
  if (!id) return null
  return inTransaction(deps.pool, async (tx) => {
    const session = await lockLiveSession(tx, id, now)
    if (!session) return null
    if (!command.sessionId) {
      const given = refreshToken(deps, { ...session, rotation: named?.rotation ?? 0 })
      if (!sameToken(command.token ?? '', given)) return null
    }
    await revokeSession(tx, id, now)
    return session.personId
  })
}
