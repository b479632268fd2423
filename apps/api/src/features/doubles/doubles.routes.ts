import { doublesRoutes, PERMISSIONS } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Db, Queryable } from '../../db/connect.ts'
import type { people } from '../../db/schema/people.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { openDoor, sharesOf } from '../households/index.ts'
import { findPerson, presentPerson } from '../people/index.ts'
import { holdsOver, type RegionTree, regionsHeld } from '../regions/index.ts'
import { assertMayMerge, type Placed } from './doubles.policy.ts'
import { countOf, findBars, listHomes, listPairs, listPlaces, lockBoth } from './doubles.queries.ts'
import { mergePeople } from './merge-people.ts'

type PersonRow = typeof people.$inferSelect

const placedIn = async (on: Queryable, person: PersonRow | undefined): Promise<Placed> => {
  if (person === undefined) return { person, places: [] }
  return { person, places: person.regionCode === null ? await listPlaces(on, person.id) : [person.regionCode] }
}

export function serveDoubles(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  serve(app, deps, doublesRoutes.listDoubles, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const regions = regionsHeld(tree, actor, PERMISSIONS['people.merge'].roles, { within: query.region })
    const after = decodeCursor(query.cursor, ['text', 'uuid', 'uuid'])
    const rows = await listPairs(db, { regions, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ first, second }) => [first.regionCode!, first.id, second.id],
      ({ first, second, sameHome }) => ({
        first: presentPerson(cipher, first),
        second: presentPerson(cipher, second),
        why: sameHome ? ('same_home' as const) : ('no_phone' as const),
      }),
    )
  })

  const compared = async (db: Db, tree: RegionTree, actor: Actor, person: PersonRow, into: PersonRow) => {
    const [homes, counts, bars] = await Promise.all([
      listHomes(db, person.id),
      countOf(db, person.id),
      findBars(db, person.id, into.id),
    ])
    const seesDoor = (code: string) => holdsOver(tree, actor, PERMISSIONS['households.read'].roles, code)
    return {
      person: presentPerson(cipher, person),
      homes: homes.map(({ home, member }) => ({
        id: home.id,
        buildingCode: home.buildingCode,
        door: seesDoor(home.buildingCode) ? openDoor(cipher, home) : null,
        kind: member.kind,
        share: sharesOf([member])[0] ?? null,
      })),
      ...counts,
      bars,
    }
  }

  const assertTheirs = async (
    on: Queryable,
    actor: Actor,
    kept: PersonRow | undefined,
    other: PersonRow | undefined,
  ) => {
    const [tree, ...placed] = await Promise.all([directory.regions.tree(), placedIn(on, kept), placedIn(on, other)])
    assertMayMerge(tree, actor, ...placed)
    return { tree, kept: kept!, other: other! }
  }

  serve(app, deps, doublesRoutes.comparePeople, async ({ db, actor, params }) => {
    const found = await Promise.all([findPerson(db, params.id), findPerson(db, params.otherId)])
    const { tree, kept: one, other } = await assertTheirs(db, actor, ...found)
    return {
      sameName: one.nameHash !== null && one.nameHash === other.nameHash,
      one: await compared(db, tree, actor, one, other),
      other: await compared(db, tree, actor, other, one),
    }
  })

  serve(app, deps, doublesRoutes.mergePeople, async ({ tx, actor, params, body, version, accessChanged }) => {
    if (body.otherId === params.id)
      throw new AppError('unprocessable', { reason: 'same_record', detail: '这是同一条记录' })
    const locked = await lockBoth(tx, [params.id, body.otherId])
    const { kept, other } = await assertTheirs(tx, actor, locked.get(params.id), locked.get(body.otherId))
    const by = personOf(actor)
    await mergePeople(tx, cipher, kept, other, { ...body, seenVersion: version, by, at: clock.now() })
    accessChanged(kept.id)
    accessChanged(other.id)
    const merged = await findPerson(tx, kept.id)
    return answer(presentPerson(cipher, merged!), { version: merged!.version })
  })
}
