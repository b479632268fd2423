import { officeRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { findReadable, unitsOf } from '../issues/index.ts'
import { openName } from '../people/index.ts'
import { assertMayReadOrders, orderScope } from './office.policy.ts'
import { answerableOf, presentOrder } from './office.present.ts'
import { findUnitOfOrder, listOrders, listOrdersOfIssue } from './orders.queries.ts'
import { listHandlers } from './units.queries.ts'

export function serveOffice(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

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
    const staff = scope.units === null && !scope.masked
    const { personId } = actor
    const reader = { units: unitsOf(actor), masked: scope.masked, staff, personId, now: clock.now() }
    return pageOf(
      rows,
      limit,
      (row) => [row.firstDueAt, row.id],
      (row) => presentOrder(row, cipher, reader),
    )
  })

  serve(app, deps, officeRoutes.listIssueWorkOrders, async ({ db, actor, params }) => {
    const key = splitPublicId(params.id)
    const { view } = await findReadable(db, deps, key, actor)
    assertMayReadOrders(view)
    const staff = view === 'staff'
    const reader = { units: unitsOf(actor), masked: !staff, staff, personId: actor.personId, now: clock.now() }
    const rows = await listOrdersOfIssue(db, key)
    return { items: rows.map((row) => presentOrder(row, cipher, reader)), answerable: answerableOf(rows) }
  })

  serve(app, deps, officeRoutes.listColleagues, async ({ db, actor, params }) => {
    const unitId = await findUnitOfOrder(db, splitPublicId(params.id))
    if (unitId === null || !unitsOf(actor).includes(unitId)) throw new AppError('not_found')
    const people = await listHandlers(db, unitId, clock.now())
    return { items: people.map((person) => ({ personId: person.id, name: openName(cipher, person) })) }
  })
}
