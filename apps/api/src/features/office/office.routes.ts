import { officeRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { findReadable, unitsOf } from '../issues/index.ts'
import { assertMayReadOrders, orderScope } from './office.policy.ts'
import { presentOrder } from './office.present.ts'
import { listOrders, listOrdersOfIssue } from './office.queries.ts'

export function serveOffice(app: FastifyInstance, deps: Deps): void {
  const { clock, directory } = deps

  serve(app, deps, officeRoutes.listWorkOrders, async ({ db, actor, query }) => {
    const { community, unit, cursor, limit, state, role } = query
    const scope = orderScope(actor, await directory.regions.tree(), community)
    const units =
      unit === undefined ? scope.units : scope.units === null ? [unit] : scope.units.filter((id) => id === unit)
    const rows = await listOrders(db, {
      communityCode: community,
      state,
      role,
      units,
      grids: scope.grids,
      after: decodeCursor(cursor, ['instant', 'uuid']),
      limit: limit + 1,
    })
    const reader = { units: unitsOf(actor), masked: scope.masked, now: clock.now() }
    return pageOf(
      rows,
      limit,
      (row) => [row.dueAt, row.id],
      (row) => presentOrder(row, reader),
    )
  })

  serve(app, deps, officeRoutes.listIssueWorkOrders, async ({ db, actor, params }) => {
    const key = splitPublicId(params.id)
    const { view } = await findReadable(db, deps, key, actor)
    assertMayReadOrders(view)
    const reader = { units: unitsOf(actor), masked: view !== 'staff', now: clock.now() }
    return { items: (await listOrdersOfIssue(db, key)).map((row) => presentOrder(row, reader)) }
  })
}
