import { inTransaction } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { civilDate } from '../regions/index.ts'
import { monthAfter } from '../statistics/index.ts'
import { reportFile } from './report-file.ts'
import { expireReports, keepReport, listWanted } from './reports.queries.ts'

const KEPT_DAYS = 365

const everyCommunity = async ({ directory }: Deps): Promise<string[]> => {
  const tree = await directory.regions.tree()
  return tree.roots().flatMap((root) => tree.tenantsUnder(root))
}

/**
 * Makes what the schedules ask of the month that is over and is not there yet. Run every night: a month whose first night was missed is
 * made up for. What is kept names nobody.
 */
export const makeReports = async (deps: Deps): Promise<void> => {
  const { db, clock, storage, logger } = deps
  const month = monthAfter(civilDate(clock.now()).slice(0, 7), -1)
  for (const wanted of await listWanted(db, await everyCommunity(deps), month)) {
    const { community, kind, format } = wanted
    try {
      const file = reportFile(deps, { kind, community, month, personal: false, masked: true }, format)
      const { hash, bytes } = await storage.put(file.content)
      const madeAt = clock.now()
      const expiresAt = new Date(madeAt.getTime() + KEPT_DAYS * 86_400_000)
      await keepReport(db, { ...wanted, id: newId(madeAt), month, hash, rows: file.rows(), bytes, madeAt, expiresAt })
    } catch (error) {
      // One that fails does not keep the others from being made; the next night tries again.
      logger.error({ err: error, community, kind, month }, 'a report could not be made')
    }
  }
}

/** Deletes what was kept long enough. */
export const purgeReports = async (deps: Deps): Promise<void> => {
  const communities = await everyCommunity(deps)
  const files = await inTransaction(deps.pool, (tx) => expireReports(tx, communities, deps.clock.now()))
  for (const hash of files) await deps.storage.delete(hash)
}
