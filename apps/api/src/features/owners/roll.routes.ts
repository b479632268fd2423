import { ownersRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { inDoorOrder, openDoor, placeOf, readPlace } from '../households/index.ts'
import { importRoll } from './import-roll.ts'
import { shownOwner } from './owner-name.ts'
import { assertManages } from './owners.policy.ts'
import { listOverlaps, summarizeRoll } from './read-overlaps.ts'
import { listFlats, listTitles } from './roll.queries.ts'
import { ruleOverlap } from './rule-overlap.ts'

export function serveRoll(app: FastifyInstance, deps: Deps): void {
  const { cipher, directory } = deps

  serve(app, deps, ownersRoutes.readRoll, async ({ db, actor, query }) => {
    assertManages(await directory.regions.tree(), actor, query.community)
    return summarizeRoll(db, query.community)
  })

  serve(app, deps, ownersRoutes.importRoll, async ({ tx, actor, body, file }) => {
    assertManages(await directory.regions.tree(), actor, body.community)
    return importRoll(tx, deps, { ...body, bytes: file.bytes, by: personOf(actor) })
  })

  serve(app, deps, ownersRoutes.listRollFlats, async ({ db, actor, query }) => {
    const { community, region, limit } = query
    const tree = await directory.regions.tree()
    assertManages(tree, actor, community)
    const all = tree.subtree(community, new Set(['building'] as const))
    const buildings = [...all].filter((code) => region === undefined || tree.covers(region, code))
    const after = readPlace(cipher, query.cursor)
    const from = after?.buildingCode
    const read = await listFlats(db, { communityCode: community, buildings, from, limit: limit + 1 })
    const rows = inDoorOrder(cipher, read, { after }).slice(0, limit + 1)
    const titles = Map.groupBy(
      await listTitles(
        db,
        community,
        rows.map(({ id }) => id),
      ),
      ({ householdId }) => householdId,
    )
    return pageOf(rows, limit, placeOf, ({ id: householdId, buildingCode, doorCipher, areaHundredths }) => ({
      householdId,
      buildingCode,
      building: tree.get(buildingCode)?.name ?? buildingCode,
      door: openDoor(cipher, { id: householdId, doorCipher }),
      areaHundredths,
      owners: (titles.get(householdId) ?? []).map((row) => ({
        name: shownOwner(cipher, { ...row, id: row.ownerId }),
        developer: row.developer,
        share: { numerator: row.shareNumerator, denominator: row.shareDenominator },
      })),
    }))
  })

  serve(app, deps, ownersRoutes.listOverlaps, async ({ db, actor, query }) => {
    assertManages(await directory.regions.tree(), actor, query.community)
    return { items: await listOverlaps(db, deps, query.community) }
  })

  serve(app, deps, ownersRoutes.ruleOverlap, async ({ tx, actor, body }) => {
    assertManages(await directory.regions.tree(), actor, body.community)
    await ruleOverlap(tx, deps, personOf(actor), body)
    const ruled = (await listOverlaps(tx, deps, body.community)).find((one) => one.fingerprint === body.fingerprint)
    if (!ruled) throw new Error('The overlap just ruled on is not there')
    return ruled
  })
}
