import type { Deps } from '../../deps.ts'
import { purgeItems } from './inbox.queries.ts'

const KEPT_DAYS = 180

/** What was told half a year ago; the matters' own record says it all the same. */
export const purgeInbox = async (deps: Deps, _payload: Record<string, never>): Promise<void> => {
  const tree = await deps.directory.regions.tree()
  const communities = tree.roots().flatMap((root) => tree.tenantsUnder(root))
  await purgeItems(deps.db, communities, new Date(deps.clock.now().getTime() - KEPT_DAYS * 86_400_000))
}
