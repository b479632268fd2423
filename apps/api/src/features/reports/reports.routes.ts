import { Readable } from 'node:stream'
import {
  type KeptReport,
  makePublicId,
  REPORTS,
  type Report,
  type ReportSchedule,
  reportRoutes,
  splitPublicId,
} from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { assertMayExport } from '../exports/index.ts'
import { scopeOf } from '../issues/index.ts'
import { maskedName, openName, recordAudit } from '../people/index.ts'
import { fileName, mediaTypeOf, reportFile } from './report-file.ts'
import { findKept, listKept, listSchedules, setSchedule } from './reports.queries.ts'

const KINDS = Object.keys(REPORTS) as Report[]

/** The monthly reports as files: made while they are downloaded, or by schedule and kept. */
export function serveReports(app: FastifyInstance, deps: Deps): void {
  const { clock, cipher, pool, directory, storage } = deps

  /** @throws AppError forbidden for who has no office over the whole community */
  const scopeFor = async (actor: Actor, community: string) => {
    const scope = scopeOf(actor, await directory.regions.tree(), community, false)
    if (scope.kind !== 'all') throw new AppError('forbidden')
    return scope
  }
  const audit = (tx: Tx, actor: Actor, community: string, purpose: string, details: Record<string, unknown>) =>
    recordAudit(tx, {
      at: clock.now(),
      personId: personOf(actor),
      action: 'download_report',
      subjectType: 'community',
      subjectId: community,
      purpose,
      regionCode: community,
      details,
    })

  serve(app, deps, reportRoutes.downloadReport, async ({ actor, params, query, reply }) => {
    const { community, month, format, personal, purpose } = query
    const scope = await scopeFor(actor, community)
    assertMayExport(actor, scope, { personal, purpose })
    const { kind } = params
    await inTransaction(pool, (tx) =>
      audit(tx, actor, community, purpose ?? REPORTS[kind].zh, { kind, month, format, personal }),
    )
    const file = reportFile(deps, { kind, community, month, personal, masked: scope.masked }, format)
    reply.header('content-type', file.mediaType)
    reply.header('content-disposition', `attachment; filename="${file.name}"`)
    reply.header('cache-control', 'no-store')
    return reply.send(file.content instanceof Readable ? file.content : Readable.from(file.content))
  })

  serve(app, deps, reportRoutes.listReportSchedules, async ({ db, actor, query: { community } }) => {
    await scopeFor(actor, community)
    const set = new Map((await listSchedules(db, community)).map((row) => [row.kind, row]))
    const items = KINDS.map((kind): ReportSchedule => {
      const { on = false, format = 'xlsx', setAt = null } = set.get(kind) ?? {}
      return { kind, on, format, setAt }
    })
    return { items }
  })

  serve(app, deps, reportRoutes.setReportSchedule, async ({ tx, actor, params: { kind }, body }) => {
    const { community, on, format } = body
    const scope = await scopeFor(actor, community)
    if (scope.masked) throw new AppError('forbidden')
    const setAt = clock.now().toISOString()
    await setSchedule(tx, community, { kind, on, format, setBy: personOf(actor), setAt })
    return { kind, on, format, setAt }
  })

  serve(app, deps, reportRoutes.listKeptReports, async ({ db, actor, query: { community, cursor, limit } }) => {
    const nameOf = (await scopeFor(actor, community)).masked ? maskedName : openName
    const rows = await listKept(db, community, clock.now(), decodeCursor(cursor, ['instant', 'uuid']), limit + 1)
    return pageOf(
      rows,
      limit,
      ({ madeAt, id }) => [madeAt, id],
      ({ hash: _, askedBy, nameCipher, ...row }): KeptReport => ({
        ...row,
        id: makePublicId(community, row.id),
        askedByName: nameOf(cipher, { id: askedBy, nameCipher, phoneCipher: null }),
      }),
    )
  })

  serve(app, deps, reportRoutes.downloadKeptReport, async ({ db, actor, params, reply }) => {
    const { communityCode: community, id } = splitPublicId(params.id)
    await scopeFor(actor, community)
    const kept = await findKept(db, community, id, clock.now())
    const file = kept && (await storage.open(kept.hash))
    if (!kept || !file) throw new AppError('not_found')
    const { kind, month, format } = kept
    await inTransaction(pool, (tx) => audit(tx, actor, community, REPORTS[kind].zh, { kind, month, format, kept: id }))
    reply.header('content-type', mediaTypeOf(format))
    reply.header('content-disposition', `attachment; filename="${fileName({ kind, community, month }, format)}"`)
    reply.header('content-length', file.bytes)
    reply.header('cache-control', 'no-store')
    return reply.send(file.stream)
  })
}
