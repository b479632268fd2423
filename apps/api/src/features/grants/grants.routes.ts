import { grantRoutes, PERMISSIONS } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { type RegionTree, regionsHeld } from '../regions/index.ts'
import { approveGrant, refuseGrant, revokeGrant } from './answer-grant.ts'
import {
  assertMayApprove,
  assertMayPropose,
  assertMayRefuse,
  assertMayRevoke,
  assertRegionFits,
  assertVisible,
  mayWith,
} from './grants.policy.ts'
import { type GrantRead, presentGrant } from './grants.present.ts'
import { findGrant, listGrants, lockGrant } from './grants.queries.ts'
import { requestGrant } from './request-grant.ts'

const instant = (text: string | undefined) => (text === undefined ? undefined : new Date(text))

export function serveGrants(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps
  const chainIn = (tree: RegionTree) => ({ tree, hashName: deps.config.evidenceHash })

  const present = (tree: RegionTree, actor: Actor, row: GrantRead) =>
    presentGrant(cipher, row, mayWith(tree, actor, row.grant), clock.now())
  const read = async (on: Queryable, tree: RegionTree, actor: Actor, id: string) => {
    const row = await findGrant(on, id)
    return answer(present(tree, actor, row!), { version: row!.grant.version })
  }

  serve(app, deps, grantRoutes.listGrants, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const regions = regionsHeld(tree, actor, PERMISSIONS['grants.read'].roles, { within: query.region })
    const after = decodeCursor(query.cursor, ['text', 'uuid'])
    const now = clock.now()
    const rows = await listGrants(db, { ...query, regions, now, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ grant }) => [grant.regionCode, grant.id],
      (row) => present(tree, actor, row),
    )
  })

  serve(app, deps, grantRoutes.readGrant, async ({ db, actor, params }) => {
    const row = await findGrant(db, params.id)
    const tree = await directory.regions.tree()
    assertVisible(tree, actor, row?.grant)
    return answer(present(tree, actor, row!), { version: row!.grant.version })
  })

  serve(app, deps, grantRoutes.requestGrant, async ({ tx, actor, body }) => {
    const tree = await directory.regions.tree()
    assertMayPropose(tree, actor, body)
    assertRegionFits(tree, body.role, body.regionCode)
    const grant = await requestGrant(tx, chainIn(tree), {
      ...body,
      validFrom: instant(body.validFrom),
      validTo: instant(body.validTo),
      requestedBy: personOf(actor),
      at: clock.now(),
    })
    const row = await findGrant(tx, grant.id)
    return answer(present(tree, actor, row!), {
      version: grant.version,
      location: `/v1/grants/${grant.id}`,
    })
  })

  serve(app, deps, grantRoutes.approveGrant, async ({ tx, actor, params, accessChanged }) => {
    const tree = await directory.regions.tree()
    const grant = await lockGrant(tx, params.id)
    assertVisible(tree, actor, grant)
    assertMayApprove(tree, actor, grant)
    await approveGrant(tx, chainIn(tree), grant, personOf(actor), clock.now())
    accessChanged(grant.personId)
    return read(tx, tree, actor, grant.id)
  })

  serve(app, deps, grantRoutes.refuseGrant, async ({ tx, actor, params, body }) => {
    const tree = await directory.regions.tree()
    const grant = await lockGrant(tx, params.id)
    assertVisible(tree, actor, grant)
    assertMayRefuse(tree, actor, grant)
    await refuseGrant(tx, chainIn(tree), grant, { by: personOf(actor), at: clock.now(), reason: body.reason })
    return read(tx, tree, actor, grant.id)
  })

  serve(app, deps, grantRoutes.revokeGrant, async ({ tx, actor, params, body, accessChanged }) => {
    const tree = await directory.regions.tree()
    const grant = await lockGrant(tx, params.id)
    assertVisible(tree, actor, grant)
    assertMayRevoke(tree, actor, grant)
    await revokeGrant(tx, chainIn(tree), grant, { by: personOf(actor), at: clock.now(), reason: body.reason })
    accessChanged(grant.personId)
    return read(tx, tree, actor, grant.id)
  })
}
