import { householdRoutes, PERMISSIONS } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { lockPerson } from '../people/index.ts'
import { regionsHeld } from '../regions/index.ts'
import { addHousehold } from './add-household.ts'
import { bindMember } from './bind-member.ts'
import { changeHousehold } from './change-household.ts'
import { inDoorOrder, placeOf, readPlace } from './door-order.ts'
import { assertMayManage, assertNotOneself, assertVisible, seesDoor } from './households.policy.ts'
import { presentDetail, presentHousehold, presentMember } from './households.present.ts'
import { findHousehold, findMembers, isMember, listHouseholds, lockHousehold } from './households.queries.ts'
import { inviteToHousehold } from './invite-to-household.ts'
import { unbindMember } from './unbind-member.ts'

export function serveHouseholds(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  serve(app, deps, householdRoutes.listHouseholds, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const roles = PERMISSIONS['households.read'].roles
    const buildings = regionsHeld(tree, actor, roles, { within: query.region, levels: ['building'] })
    const after = readPlace(cipher, query.cursor)
    const mayRead = (code: string) => seesDoor(tree, actor, code)
    const read = await listHouseholds(db, { buildings, from: after?.buildingCode, limit: query.limit + 1 })
    return pageOf(inDoorOrder(cipher, read, { after, seesDoor: mayRead }), query.limit, placeOf, (row) =>
      presentHousehold(cipher, row, row.memberCount, mayRead(row.buildingCode)),
    )
  })

  serve(app, deps, householdRoutes.readHousehold, async ({ db, actor, params }) => {
    const tree = await directory.regions.tree()
    const household = await findHousehold(db, params.id)
    const mine = await isMember(db, params.id, personOf(actor))
    if (!mine) assertVisible(tree, actor, household)
    const members = await findMembers(db, [params.id])
    const withDoor = mine || seesDoor(tree, actor, household!.buildingCode)
    return answer(presentDetail(cipher, household!, members, withDoor), { version: household!.version })
  })

  serve(app, deps, householdRoutes.addHousehold, async ({ tx, actor, body }) => {
    const tree = await directory.regions.tree()
    assertMayManage(tree, actor, body.buildingCode)
    if (tree.get(body.buildingCode)?.level !== 'building') {
      const message = '住户须登记在楼栋下'
      throw new AppError('unprocessable', {
        reason: 'not_a_building',
        detail: message,
        errors: [{ path: 'body.buildingCode', message }],
      })
    }
    const household = await addHousehold(tx, cipher, body, clock.now())
    return answer(presentHousehold(cipher, household, 0, true), {
      version: household.version,
      location: `/v1/households/${household.id}`,
    })
  })

  serve(app, deps, householdRoutes.changeHousehold, async ({ tx, actor, params, body, version }) => {
    const tree = await directory.regions.tree()
    const before = await lockHousehold(tx, params.id)
    assertVisible(tree, actor, before)
    assertMayManage(tree, actor, before.buildingCode)
    const household = await changeHousehold(tx, cipher, before, version, body)
    const members = await findMembers(tx, [household.id])
    return answer(presentHousehold(cipher, household, members.length, true), { version: household.version })
  })

  serve(app, deps, householdRoutes.inviteToHousehold, async ({ tx, actor, params, body }) => {
    const tree = await directory.regions.tree()
    const household = await lockHousehold(tx, params.id)
    assertVisible(tree, actor, household)
    assertMayManage(tree, actor, household.buildingCode)
    const share = body.share ?? null
    const invitation = { household, kind: body.kind, share, issuedBy: personOf(actor), at: clock.now() }
    const { code, expiresAt } = await inviteToHousehold(tx, cipher, invitation)
    return { code, kind: body.kind, share, expiresAt: expiresAt.toISOString() }
  })

  serve(app, deps, householdRoutes.bindMember, async ({ tx, actor, params, body, accessChanged }) => {
    const tree = await directory.regions.tree()
    const household = await lockHousehold(tx, params.id)
    assertVisible(tree, actor, household)
    assertMayManage(tree, actor, household.buildingCode)
    assertNotOneself(actor, body.personId)
    const person = await lockPerson(tx, body.personId)
    if (!person || person.anonymisedAt || person.mergedInto) {
      const message = '没有登记此人'
      throw new AppError('unprocessable', {
        reason: 'person_unknown',
        detail: message,
        errors: [{ path: 'body.personId', message }],
      })
    }
    await bindMember(tx, {
      household,
      communityCode: tree.communityOf(household.buildingCode)!,
      personId: person.id,
      kind: body.kind,
      share: body.share ?? null,
      boundBy: 'staff',
      boundByPerson: personOf(actor),
      at: clock.now(),
    })
    accessChanged(person.id)
    const members = await findMembers(tx, [household.id])
    return presentMember(cipher, members.find((row) => row.person.id === person.id)!)
  })

  serve(app, deps, householdRoutes.unbindMember, async ({ tx, actor, params, accessChanged }) => {
    const household = await lockHousehold(tx, params.id)
    const mine = await isMember(tx, params.id, personOf(actor))
    if (!mine || params.personId !== actor.personId) {
      const tree = await directory.regions.tree()
      if (!mine) assertVisible(tree, actor, household)
      assertMayManage(tree, actor, household!.buildingCode)
    }
    await unbindMember(tx, params.id, params.personId)
    accessChanged(params.personId)
    return undefined
  })
}
