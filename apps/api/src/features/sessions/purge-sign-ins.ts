import type { Deps } from '../../deps.ts'
import { purgeSessions } from './sessions.queries.ts'
import { purgeThrottles } from './throttle.ts'

const KEPT_DAYS = 7

/** Forgets ended sessions, used-up codes and old failures. */
export async function purgeSignIns(deps: Deps, _payload: Record<string, never>): Promise<void> {
  const now = deps.clock.now()
  await purgeSessions(deps.db, new Date(now.getTime() - KEPT_DAYS * 86_400_000))
  await purgeThrottles(deps.db, now)
}
