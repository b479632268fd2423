import { importRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { assertMayImport, assertVisible } from './imports.policy.ts'
import { presentImport, presentImportRow } from './imports.present.ts'
import { findImport, listImportRows, listImports } from './imports.queries.ts'
import { startImport } from './start-import.ts'

export function serveImports(app: FastifyInstance, deps: Deps): void {
  const { regions } = deps.directory

  serve(app, deps, importRoutes.listImports, async ({ db, actor, query }) => {
    assertMayImport(await regions.tree(), actor, query.community)
    const before = decodeCursor(query.cursor, ['uuid'])
    const rows = await listImports(db, query.community, before?.[0] ?? null, query.limit + 1)
    return pageOf(rows, query.limit, (row) => [row.id], presentImport)
  })

  serve(app, deps, importRoutes.startImport, async ({ tx, actor, body, file }) => {
    assertMayImport(await regions.tree(), actor, body.community)
    const row = await startImport(tx, deps, { ...body, file, personId: personOf(actor) })
    const view = presentImport(row)
    return answer(view, { location: `/v1/imports/${view.id}` })
  })

  serve(app, deps, importRoutes.readImport, async ({ db, actor, params }) => {
    const found = await findImport(db, splitPublicId(params.id))
    assertVisible(await regions.tree(), actor, found)
    return presentImport(found)
  })

  serve(app, deps, importRoutes.listImportRows, async ({ db, actor, params, query }) => {
    const found = await findImport(db, splitPublicId(params.id))
    assertVisible(await regions.tree(), actor, found)
    const after = decodeCursor(query.cursor, ['number'])
    const filter = { outcome: query.outcome, after: after?.[0] ?? 0, limit: query.limit + 1 }
    const rows = await listImportRows(db, splitPublicId(params.id), filter)
    return pageOf(rows, query.limit, (row) => [row.rowNumber], presentImportRow)
  })
}
