import { makePublicId, streetRoutes } from '@tongxin/contract'
import { OPEN_STATES } from '@tongxin/lifecycle'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { titleIn } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'
import { type StreetScope, supervisionScope, whistleScope } from './street.policy.ts'
import { listSupervisions, listWhistles, type SupervisionRow, type WhistleRow } from './street.queries.ts'

const KEYSET = ['instant', 'uuid', 'number'] as const
const keysetOf = ({ dueAt, issueId, seq }: WhistleRow | SupervisionRow) => [dueAt, issueId, seq]

/** What names the matter a line is about. */
const matterOf = (row: WhistleRow | SupervisionRow, tree: RegionTree, { masked }: StreetScope) => ({
  issueId: makePublicId(row.communityCode, row.issueId),
  issueNumber: row.issueNumber,
  issueTitle: titleIn({ kind: 'all', masked }, row),
  community: row.communityCode,
  communityName: tree.get(row.communityCode)?.name ?? null,
  seq: row.seq,
  madeAt: row.madeAt,
  dueAt: row.dueAt,
})

/** Whistles and supervisions of a street's or a district's communities, for those who ask and those who are asked. */
export function serveStreet(app: FastifyInstance, deps: Deps): void {
  const { clock, directory } = deps

  serve(app, deps, streetRoutes.listWhistles, async ({ db, actor, query }) => {
    const { region, state, cursor, limit } = query
    const tree = await directory.regions.tree()
    const scope = whistleScope(tree, actor, region)
    const now = clock.now()
    const wanted = { communities: scope.communities, after: decodeCursor(cursor, KEYSET), limit: limit + 1 }
    const rows = await listWhistles(db, state, wanted, scope.units, OPEN_STATES)
    return pageOf(rows, limit, keysetOf, (row) => ({
      ...matterOf(row, tree, scope),
      round: row.round,
      reason: row.reason,
      unitName: row.unitName,
      overdue: Date.parse(row.reportedAt ?? now.toISOString()) > Date.parse(row.dueAt),
      reportedAt: row.reportedAt,
      reportingUnitName: row.reportingUnitName,
      report: row.report,
    }))
  })

  serve(app, deps, streetRoutes.listSupervisions, async ({ db, actor, query }) => {
    const { region, list, cursor, limit } = query
    const tree = await directory.regions.tree()
    const scope = supervisionScope(tree, actor, region)
    const now = clock.now()
    const wanted = { communities: scope.communities, after: decodeCursor(cursor, KEYSET), limit: limit + 1 }
    const rows = await listSupervisions(db, list, wanted, now)
    return pageOf(rows, limit, keysetOf, (row) => ({
      ...matterOf(row, tree, scope),
      order: row.order,
      overdue: Date.parse(row.answeredAt ?? now.toISOString()) > Date.parse(row.dueAt),
      answer: row.answer,
      answeredAt: row.answeredAt,
    }))
  })
}
