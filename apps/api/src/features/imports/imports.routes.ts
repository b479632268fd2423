import { importRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { discardFile } from './discard-file.ts'
import { assertChecker, assertMayImport, assertVisible } from './imports.policy.ts'
import { presentImport, presentImportRow } from './imports.present.ts'
import { findImport, listImportRows, listImports, lockImport } from './imports.queries.ts'
import { startImport } from './start-import.ts'
import { writeImport } from './write-import.ts'

export function serveImports(app: FastifyInstance, deps: Deps): void {
  const { regions } = deps.directory
  const reader = (actor: Actor) => ({ personId: personOf(actor), now: deps.clock.now() })

  serve(app, deps, importRoutes.listImports, async ({ db, actor, query }) => {
    assertMayImport(await regions.tree(), actor, query.community)
    const before = decodeCursor(query.cursor, ['uuid'])
    const rows = await listImports(db, query.community, before?.[0] ?? null, query.limit + 1)
    return pageOf(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => presentImport(row, reader(actor)),
    )
  })

  serve(app, deps, importRoutes.startImport, async ({ tx, actor, body, file }) => {
    assertMayImport(await regions.tree(), actor, body.community)
    const row = await startImport(tx, deps, { ...body, file, personId: personOf(actor) })
    const view = presentImport(row, reader(actor))
    return answer(view, { location: `/v1/imports/${view.id}` })
  })

  serve(app, deps, importRoutes.readImport, async ({ db, actor, params }) => {
    const found = await findImport(db, splitPublicId(params.id))
    assertVisible(await regions.tree(), actor, found)
    return presentImport(found, reader(actor))
  })

  serve(app, deps, importRoutes.writeImport, async ({ tx, actor, params }) => {
    const found = await lockImport(tx, splitPublicId(params.id))
    assertVisible(await regions.tree(), actor, found)
    assertChecker(actor, found)
    return presentImport(await writeImport(tx, found, deps.clock.now()), reader(actor))
  })

  serve(app, deps, importRoutes.discardImportFile, async ({ tx, actor, params }) => {
    const found = await lockImport(tx, splitPublicId(params.id))
    assertVisible(await regions.tree(), actor, found)
    assertChecker(actor, found)
    return presentImport(await discardFile(tx, deps, found), reader(actor))
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
