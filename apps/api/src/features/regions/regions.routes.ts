import { regionRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { addRegion } from './add-region.ts'
import { changeRegion } from './change-region.ts'
import { civilDate } from './civil-date.ts'
import { assertMayManage, assertParentFits } from './regions.policy.ts'
import { presentRegion } from './regions.present.ts'
import { findRegion, listRegions } from './regions.queries.ts'

export function serveRegions(app: FastifyInstance, deps: Deps): void {
  const { regions } = deps.directory

  // The tree in memory knows which codes make the page; the database is asked for these rows only.
  serve(app, deps, regionRoutes.listRegions, async ({ db, query }) => {
    const tree = await regions.tree()
    const after = decodeCursor(query.cursor, ['text'])?.[0] ?? ''
    const today = civilDate(deps.clock.now())
    const stands = (code: string) => {
      const node = tree.get(code)!
      return node.validFrom <= today && (node.validTo === null || today < node.validTo)
    }
    const codes = (query.under ? [query.under] : tree.roots())
      .flatMap((top) => tree.subtree(top, query.level && new Set([query.level])))
      .filter((code) => code > after && (query.ended || stands(code)))
      .sort()
    const shown = codes.slice(0, query.limit)
    const rows = await listRegions(db, shown)
    return {
      items: rows.map((row) => presentRegion(row, query.geometry)),
      nextCursor: codes.length > shown.length ? encodeCursor([shown.at(-1)!]) : null,
    }
  })

  serve(app, deps, regionRoutes.readRegion, async ({ db, params }) => {
    const region = await findRegion(db, params.code)
    if (!region) throw new AppError('not_found')
    return answer(presentRegion(region), { version: region.version })
  })

  serve(app, deps, regionRoutes.addRegion, async ({ tx, actor, body, afterCommit }) => {
    const tree = await regions.tree()
    assertMayManage(tree, actor, body.parentCode)
    assertParentFits(tree, body.code, body.parentCode)
    const at = deps.clock.now()
    const region = await addRegion(tx, body, civilDate(at), { by: personOf(actor), at })
    afterCommit(() => regions.forget())
    return answer(presentRegion(region), { version: region.version, location: `/v1/regions/${region.code}` })
  })

  serve(app, deps, regionRoutes.changeRegion, async ({ tx, actor, params, body, version, afterCommit }) => {
    const tree = await regions.tree()
    if (!tree.get(params.code)) throw new AppError('not_found')
    assertMayManage(tree, actor, params.code)
    if (body.parentCode !== undefined) {
      assertMayManage(tree, actor, body.parentCode)
      assertParentFits(tree, params.code, body.parentCode)
    }
    const region = await changeRegion(tx, {
      code: params.code,
      seenVersion: version,
      change: body,
      by: personOf(actor),
      at: deps.clock.now(),
    })
    afterCommit(() => regions.forget())
    return answer(presentRegion(region), { version: region.version })
  })
}
