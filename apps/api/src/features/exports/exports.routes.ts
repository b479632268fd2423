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
export const assertMayExport = (
  actor: Actor,
  scope: Scope,
  { personal, purpose, mine }: Pick<ExportQuery, 'personal' | 'purpose' | 'mine'>,
): void => {
  if (scope.kind !== 'all' && scope.kind !== 'grids') throw new AppError('forbidden')
  if (!personal) return
  const reveals = actor.grants.some(({ role }) => role === 'grid_worker' || role === 'officer' || role === 'secretary')
  if (!reveals || (scope.kind === 'all' && scope.masked)) throw new AppError('forbidden')
  // One's own matters lie anywhere in the community, and others may have raised them too.
  if (mine && scope.kind !== 'all') throw new AppError('forbidden')
  if (purpose === undefined)
    throw new AppError('invalid_input', { errors: [{ path: 'query.purpose', message: '导出姓名、电话须写明用途' }] })
}

export function serveExports(app: FastifyInstance, deps: Deps): void {
  const { clock, pool, directory } = deps
  let requests = 0
  app.server.on('request', () => {
    requests += 1
  })
  /** Answers whether anything was asked since the last time. */
  const watchOthers = () => {
    let seen = requests
    return () => {
      const others = requests !== seen
      seen = requests
      return others
    }
  }

  serve(app, deps, exportRoutes.exportIssues, async ({ actor, query, request, reply }) => {
    const { bom, personal, purpose, columns, mine, ...filters } = query
    const tree = await directory.regions.tree()
    assertMayExport(actor, scopeOf(actor, tree, filters.community, false), query)
    const scope = scopeOf(actor, tree, filters.community, mine === true)
    const now = clock.now()
    const record = (action: string, details: Record<string, unknown>) =>
      inTransaction(pool, (tx) =>
        recordAudit(tx, {
          at: clock.now(),
          personId: personOf(actor),
          action,
          subjectType: 'community',
          subjectId: filters.community,
          purpose: purpose ?? '导出事项',
          regionCode: filters.community,
          details,
        }),
      )
    const begun = await record('export_issues', {
      personal,
      columns,
      filters: { ...filters, mine, text: filters.text === undefined ? undefined : true },
    })
    // Told apart from the beginning: how much went out is known only afterwards, and a file cut short is a copy all the same.
    const onEnd = (rows: number, complete: boolean) =>
      record('export_issues_ended', { export: begun, rows, complete }).then(
        () => undefined,
        // Not over the error that ended the file.
        (error: unknown) => request.log.error({ err: error }, 'the end of an export was not recorded'),
      )
    reply.header('content-type', 'text/csv; charset=utf-8')
    reply.header('content-disposition', `attachment; filename="issues-${filters.community}.csv"`)
    reply.header('cache-control', 'no-store')
    return reply.send(
      Readable.from(
        exportIssues(deps, whereOf(filters, scope, now), scope, query, { othersAsked: watchOthers(), onEnd }),
      ),
    )
  })
}
