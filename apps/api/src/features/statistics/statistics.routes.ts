import { statisticsRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { presentItem, scopeOf } from '../issues/index.ts'
import { listMeasured } from './list-measured.ts'
import { assertPeriod } from './period.ts'
import { printReport } from './print-report.ts'
import { readStatistics } from './read-statistics.ts'
import { assertMayList, depthFor } from './statistics.policy.ts'
import { readYearReport } from './year-report.ts'

export function serveStatistics(app: FastifyInstance, deps: Deps): void {
  const { clock, config, directory } = deps

  serve(app, deps, statisticsRoutes.readStatistics, async ({ db, actor, query }) => {
    const depth = depthFor(await directory.regions.tree(), actor, query)
    return readStatistics(db, deps, query, depth)
  })

  serve(app, deps, statisticsRoutes.listMeasuredMatters, async ({ db, actor, query }) => {
    assertPeriod(query)
    const scope = scopeOf(actor, await directory.regions.tree(), query.community, false)
    assertMayList(scope, query.measure)
    const after = decodeCursor(query.cursor, ['day', 'uuid', 'number'])
    const rows = await listMeasured(db, query, scope, after, clock.now())
    return pageOf(
      rows,
      query.limit,
      ({ day, id, nth }) => [day, id.slice(-36), nth],
      (row) => ({ ...presentItem(query.community, scope, row), day: row.day, nth: row.nth, value: row.value }),
    )
  })

  serve(app, deps, statisticsRoutes.readYearReport, ({ db, params, query }) =>
    readYearReport(db, deps, params.code, query.year),
  )

  serve(app, deps, statisticsRoutes.readYearReportPdf, async ({ db, params, query, reply }) => {
    const report = await readYearReport(db, deps, params.code, query.year)
    reply.header('content-type', 'application/pdf')
    reply.header('content-disposition', `inline; filename="report-${report.community}-${report.to}.pdf"`)
    reply.header('cache-control', 'public, max-age=60')
    return reply.send(await printReport(report, config.publicUrl, clock.now()))
  })
}
