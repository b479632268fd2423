import { householdRoutes, PERMISSIONS } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { findPerson, maskedName, maySee, openName } from '../people/index.ts'
import { regionsHeld } from '../regions/index.ts'
import { bindMyself } from './bind-myself.ts'
import { isVisible, seesDoor } from './households.policy.ts'
import { presentDetail, presentHome, presentMember, presentMembership } from './households.present.ts'
import { findHouseholdsOf, findMembers, listBindings } from './households.queries.ts'

export function serveBindings(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  serve(app, deps, householdRoutes.bindMyself, async ({ tx, actor, body, accessChanged }) => {
    const personId = personOf(actor)
    const tree = await directory.regions.tree()
    const household = await bindMyself(tx, cipher, tree, { code: body.code, personId, at: clock.now() })
    accessChanged(personId)
    return presentDetail(cipher, household, await findMembers(tx, [household.id]), true)
  })

  serve(app, deps, householdRoutes.listMyHouseholds, async ({ db, actor }) => {
    const rows = await findHouseholdsOf(db, personOf(actor))
    const ids = rows.map(({ household }) => household.id)
    const members = Map.groupBy(await findMembers(db, ids), ({ member }) => member.householdId)
    return {
      items: rows.map(({ household }) => presentDetail(cipher, household, members.get(household.id) ?? [], true)),
    }
  })

  serve(app, deps, householdRoutes.listPersonHouseholds, async ({ db, actor, params }) => {
    const tree = await directory.regions.tree()
    const person = await findPerson(db, params.id)
    if (!person || !maySee(tree, actor, person)) throw new AppError('not_found')
    const rows = await findHouseholdsOf(db, params.id)
    const seen = rows.filter(({ household }) => isVisible(tree, actor, household))
    return {
      items: seen.map(({ household, member }) => ({
        ...presentMembership(member),
        household: presentHome(cipher, household, seesDoor(tree, actor, household.buildingCode)),
      })),
    }
  })

  serve(app, deps, householdRoutes.listBindings, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const roles = PERMISSIONS['households.audit'].roles
    const communities = regionsHeld(tree, actor, roles, { within: query.region, levels: ['community'] })
    const after = decodeCursor(query.cursor, ['text', 'instant', 'uuid', 'uuid'])
    const rows = await listBindings(db, { communities, boundBy: query.boundBy, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ member, boundAt }) => [member.communityCode, boundAt, member.householdId, member.personId],
      (row) => ({
        ...presentMember(cipher, row),
        household: presentHome(cipher, row.household, true),
        boundByPerson: {
          id: row.binder.id,
          name: (row.member.boundBy === 'staff' ? openName : maskedName)(cipher, row.binder),
        },
      }),
    )
  })
}
