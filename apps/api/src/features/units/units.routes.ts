import { unitRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { units } from '../../db/schema/units.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { assertNoOpenOrders } from '../office/index.ts'
import { recordAudit } from '../people/index.ts'
import { addUnit } from './add-unit.ts'
import { changeUnit } from './change-unit.ts'
import { type DutyList, NO_DUTIES } from './duty-list.ts'
import { serveUnitPeople } from './unit-people.routes.ts'
import { openUnitPhone } from './unit-phone.ts'
import { assertMayManage, assertMayReveal, mayKeep, mayManage, seesNumber } from './units.policy.ts'
import { presentDetail, presentUnit } from './units.present.ts'
import { findDuties, findHours, findUnit, listUnits, lockUnit } from './units.queries.ts'

export function serveUnits(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps
  serveUnitPeople(app, deps)

  const detail = async (on: Queryable, actor: Actor, row: typeof units.$inferSelect, duties: DutyList) => {
    const tree = await directory.regions.tree()
    const reader = {
      seesNumber: seesNumber(tree, actor, row),
      mayManage: mayManage(tree, actor, row.regionCode),
      mayKeep: mayKeep(tree, actor, row),
    }
    return presentDetail(cipher, row, duties, reader, await findHours(on, row.id))
  }

  serve(app, deps, unitRoutes.listUnits, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const { region } = query
    // Above: a department of the street serves the community; below: a unit of one of its grids.
    const regions = region ? [...tree.upwards(region)].map((node) => node.code).concat(tree.subtree(region)) : null
    const after = decodeCursor(query.cursor, ['text', 'uuid'])
    const rows = await listUnits(db, { ...query, regions, after, limit: query.limit + 1 })
    const duties = await findDuties(
      db,
      rows.map((row) => row.id),
    )
    return pageOf(
      rows,
      query.limit,
      (row) => [row.regionCode, row.id],
      (row) => presentUnit(cipher, row, duties.get(row.id) ?? NO_DUTIES, seesNumber(tree, actor, row)),
    )
  })

  serve(app, deps, unitRoutes.readUnit, async ({ db, actor, params }) => {
    const unit = await findUnit(db, params.id)
    if (!unit) throw new AppError('not_found')
    const duties = (await findDuties(db, [unit.id])).get(unit.id) ?? NO_DUTIES
    return answer(await detail(db, actor, unit, duties), { version: unit.version })
  })

  serve(app, deps, unitRoutes.addUnit, async ({ tx, actor, body }) => {
    assertMayManage(await directory.regions.tree(), actor, body.regionCode)
    const { unit, duties } = await addUnit(tx, cipher, body, { by: personOf(actor), at: clock.now() })
    return answer(await detail(tx, actor, unit, duties), {
      version: unit.version,
      location: `/v1/units/${unit.id}`,
    })
  })

  serve(app, deps, unitRoutes.changeUnit, async ({ tx, actor, params, body, version }) => {
    const before = await lockUnit(tx, params.id)
    if (!before) throw new AppError('not_found')
    assertMayManage(await directory.regions.tree(), actor, before.regionCode)
    if (before.active && body.active === false) await assertNoOpenOrders(tx, await directory.regions.tree(), before)
    const by = { by: personOf(actor), at: clock.now() }
    const { unit, duties } = await changeUnit(tx, cipher, before, version, body, by)
    return answer(await detail(tx, actor, unit, duties), { version: unit.version })
  })

  serve(app, deps, unitRoutes.revealUnit, async ({ tx, actor, params, body }) => {
    const unit = await findUnit(tx, params.id)
    if (!unit) throw new AppError('not_found')
    assertMayReveal(await directory.regions.tree(), actor, unit)
    await recordAudit(tx, {
      at: clock.now(),
      personId: personOf(actor),
      action: 'reveal_unit',
      subjectType: 'unit',
      subjectId: unit.id,
      purpose: body.purpose,
      regionCode: unit.regionCode,
    })
    return { id: unit.id, phone: openUnitPhone(cipher, unit) }
  })
}
