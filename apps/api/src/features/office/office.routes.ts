import { officeRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { findReadable, unitsOf } from '../issues/index.ts'
import { openName } from '../people/index.ts'
import { assertMayReadOrders, orderScope } from './office.policy.ts'
import { answerableOf, isDisputed, presentOrder, presentSheet } from './office.present.ts'
import { findOrder, listOrders, listOrdersOfIssue } from './orders.queries.ts'
import { listHandlers } from './units.queries.ts'

export function serveOffice(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  serve(app, deps, officeRoutes.listWorkOrders, async ({ db, actor, query }) => {
    const { community, unit, cursor, limit, state, role, mine } = query
    const scope = orderScope(actor, await directory.regions.tree(), community)
    const mayBe = mine ? unitsOf(actor) : scope.units
    const units = unit === undefined ? mayBe : mayBe === null ? [unit] : mayBe.filter((id) => id === unit)
    const rows = await listOrders(db, {
      communityCode: community,
      state,
      role,
      units,
      grids: scope.grids,
      after: decodeCursor(cursor, ['instant', 'uuid']),
      limit: limit + 1,
      now: clock.now(),
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
    const { row: matter, view } = await findReadable(db, deps, key, actor)
    assertMayReadOrders(view)
    const staff = view === 'staff'
    const reader = { units: unitsOf(actor), masked: !staff, staff, personId: actor.personId, now: clock.now() }
    const rows = await listOrdersOfIssue(db, key, clock.now())
    const policy = await directory.policies.policyFor(key.communityCode, clock.now())
    return {
      items: rows.map((row) => presentOrder(row, cipher, reader)),
      answerable: answerableOf(rows),
      disputed: isDisputed(matter, rows, policy),
    }
  })

  serve(app, deps, officeRoutes.readOrderSheet, async ({ db, actor, params }) => {
    const { communityCode, id } = splitPublicId(params.id)
    const order = await findOrder(db, { communityCode, id })
    if (!order) throw new AppError('not_found')
    const key = { communityCode, id: order.issueId }
    const { row: matter, view } = await findReadable(db, deps, key, actor)
    assertMayReadOrders(view)
    const rows = await listOrdersOfIssue(db, key, clock.now())
    const row = rows.find((each) => each.id === id)
    if (!row) throw new AppError('not_found')
    const others = rows.filter((each) => each.state === 'open' && each.id !== id)
    const staff = view === 'staff'
    const reader = { units: unitsOf(actor), masked: true, staff, personId: actor.personId, now: clock.now() }
    return presentSheet(matter, row, others, cipher, reader)
  })

  serve(app, deps, officeRoutes.listColleagues, async ({ db, actor, params }) => {
    const order = await findOrder(db, splitPublicId(params.id))
    if (!order || !unitsOf(actor).includes(order.unitId)) throw new AppError('not_found')
    const people = await listHandlers(db, order.unitId, clock.now())
    return { items: people.map((person) => ({ personId: person.id, name: openName(cipher, person) })) }
  })
}
