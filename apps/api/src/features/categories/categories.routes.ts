import { categoryRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { addCategory } from './add-category.ts'
import { assertMayManage } from './categories.policy.ts'
import { presentCategory } from './categories.present.ts'
import { findCategory, listCategories } from './categories.queries.ts'
import { changeCategory } from './change-category.ts'

export function serveCategories(app: FastifyInstance, deps: Deps): void {
  const { regions } = deps.directory

  serve(app, deps, categoryRoutes.listCategories, async ({ db, query }) => {
    const after = decodeCursor(query.cursor, ['text'])?.[0]
    const rows = await listCategories(db, { kind: query.kind, inactive: query.inactive, after, limit: query.limit + 1 })
    return pageOf(rows, query.limit, (row) => [row.code], presentCategory)
  })

  serve(app, deps, categoryRoutes.readCategory, async ({ db, params }) => {
    const category = await findCategory(db, params.code)
    if (!category) throw new AppError('not_found')
    return answer(presentCategory(category), { version: category.version })
  })

  serve(app, deps, categoryRoutes.addCategory, async ({ tx, actor, body }) => {
    assertMayManage(await regions.tree(), actor)
    const category = await addCategory(tx, body, { by: personOf(actor), at: deps.clock.now() })
    return answer(presentCategory(category), { version: category.version, location: `/v1/categories/${category.code}` })
  })

  serve(app, deps, categoryRoutes.changeCategory, async ({ tx, actor, params, body, version }) => {
    assertMayManage(await regions.tree(), actor)
    const category = await changeCategory(tx, {
      code: params.code,
      seenVersion: version,
      change: body,
      by: personOf(actor),
      at: deps.clock.now(),
    })
    return answer(presentCategory(category), { version: category.version })
  })
}
