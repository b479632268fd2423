import { lt } from 'drizzle-orm'
import { idempotencyKeys } from '../db/schema/idempotency.ts'
import type { Deps } from '../deps.ts'

/** What the console keeps without a signal it sends again by itself for less than that. */
const KEPT_HOURS = 24

/** Forgets the answers of writes older than a day. */
export async function purgeIdempotencyKeys(deps: Deps, _payload: Record<string, never>): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - KEPT_HOURS * 3_600_000)
  await deps.db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before))
}
