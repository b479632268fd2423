import { Readable } from 'node:stream'
import { exportRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { type Scope, scopeOf, whereOf } from '../issues/index.ts'
import { recordAudit } from '../people/index.ts'
import { type ExportQuery, exportIssues } from './export-issues.ts'

/** @throws AppError forbidden for who holds nothing over the community, and for names where only masked data is theirs */
const assertMayExport = (actor: Actor, scope: Scope, { personal, purpose }: ExportQuery): void => {
  if (scope.kind !== 'all' && scope.kind !== 'grids') throw new AppError('forbidden')
  if (!personal) return
  const reveals = actor.grants.some(({ role }) => role === 'grid_worker' || role === 'officer' || role === 'secretary')
  if (!reveals || (scope.kind === 'all' && scope.masked)) throw new AppError('forbidden')
  if (purpose === undefined)
    throw new AppError('invalid_input', { errors: [{ path: 'query.purpose', message: '导出姓名、电话须写明用途' }] })
}

export function serveExports(app: FastifyInstance, deps: Deps): void {
  const { clock, pool, directory } = deps

  serve(app, deps, exportRoutes.exportIssues, async ({ actor, query, reply }) => {
    const { bom, personal, purpose, ...filters } = query
    const scope = scopeOf(actor, await directory.regions.tree(), filters.community, false)
    assertMayExport(actor, scope, query)
    const now = clock.now()
    await inTransaction(pool, (tx) =>
      recordAudit(tx, {
        at: now,
        personId: personOf(actor),
        action: 'export_issues',
        subjectType: 'community',
        subjectId: filters.community,
        purpose: purpose ?? '导出事项',
        regionCode: filters.community,
        details: { personal, filters: { ...filters, text: filters.text === undefined ? undefined : true } },
      }),
    )
    reply.header('content-type', 'text/csv; charset=utf-8')
    reply.header('content-disposition', `attachment; filename="issues-${filters.community}.csv"`)
    reply.header('cache-control', 'no-store')
    return reply.send(Readable.from(exportIssues(deps, whereOf(filters, scope, now), scope, query)))
  })
}
