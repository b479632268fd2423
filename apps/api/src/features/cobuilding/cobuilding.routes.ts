import {
  type CobuildingItem,
  type CobuildingProject,
  cobuildingRoutes,
  makePublicId,
  splitPublicId,
} from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { civilDate, type RegionTree } from '../regions/index.ts'
import { assertMay, mayKeep, mayMatch, readsNeeds } from './cobuilding.policy.ts'
import {
  findItem,
  findProject,
  type ItemRow,
  isListed,
  listItems,
  listProjects,
  lockItem,
  type ProjectRow,
} from './cobuilding.queries.ts'
import { addItem, changeItem, closeProject, startProject } from './keep-items.ts'
import { matchItems } from './match-items.ts'

/** So many of the other side's are looked at for what fits; no community keeps more open. */
const MOST_COMPARED = 300
const MOST_MATCHES = 20

export function serveCobuilding(app: FastifyInstance, deps: Deps): void {
  const { clock, directory } = deps

  const today = () => civilDate(clock.now())
  const presentItem = (tree: RegionTree, actor: Actor, row: ItemRow): CobuildingItem => {
    const { communityCode, id, unitId, unitName, madeAt: _, ...shown } = row
    return {
      ...shown,
      id: makePublicId(communityCode, id),
      unit: unitId && unitName ? { id: unitId, name: unitName } : null,
      state: isListed(row, today()) ? 'open' : 'closed',
      mayChange: mayKeep(tree, actor, communityCode, unitId),
    }
  }
  const presentProject = (tree: RegionTree, actor: Actor, row: ProjectRow, withNeed: boolean): CobuildingProject => {
    const { communityCode, id, offerId, offerTitle, needId, needTitle, madeAt: _, ...shown } = row
    const ref = (itemId: string | null, title: string | null) =>
      itemId && title !== null ? { id: makePublicId(communityCode, itemId), title } : null
    return {
      ...shown,
      id: makePublicId(communityCode, id),
      offer: ref(offerId, offerTitle),
      need: withNeed ? ref(needId, needTitle) : null,
      mayChange: row.state === 'running' && mayMatch(tree, actor, communityCode),
    }
  }
  const readItem = async (on: Queryable, actor: Actor, community: string, id: string) => {
    const row = await findItem(on, community, id)
    return answer(presentItem(await directory.regions.tree(), actor, row!), { version: row!.version })
  }
  const readProject = async (on: Queryable, actor: Actor, community: string, id: string) => {
    const row = await findProject(on, community, id)
    const tree = await directory.regions.tree()
    const withNeed = await readsNeeds(on, tree, actor, community)
    return answer(presentProject(tree, actor, row!, withNeed), { version: row!.version })
  }
  const by = (actor: Actor) => ({ by: personOf(actor), at: clock.now() })
  /** The id within the community; one of another community is none here. */
  const within = (community: string, id: string | null, path: string): string | null => {
    if (id === null) return null
    const { communityCode, id: own } = splitPublicId(id)
    if (communityCode === community) return own
    throw new AppError('invalid_input', { errors: [{ path: `body.${path}`, message: '不属本社区' }] })
  }

  serve(app, deps, cobuildingRoutes.listCobuildingItems, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const { community, kind, state } = query
    const isPublic = kind === 'offer' && state === 'open'
    assertMay(isPublic || (await readsNeeds(db, tree, actor, community)))
    const after = decodeCursor(query.cursor, ['instant', 'uuid'])
    return pageOf(
      await listItems(db, { ...query, today: today(), after, limit: query.limit + 1 }),
      query.limit,
      (row) => [row.madeAt, row.id],
      (row) => presentItem(tree, actor, row),
    )
  })

  serve(app, deps, cobuildingRoutes.addCobuildingItem, async ({ tx, actor, body }) => {
    const tree = await directory.regions.tree()
    const { community, ...item } = body
    assertMay(mayKeep(tree, actor, community, item.unitId))
    const id = await addItem(tx, community, item, by(actor))
    return readItem(tx, actor, community, id)
  })

  serve(app, deps, cobuildingRoutes.changeCobuildingItem, async ({ tx, actor, params, body, version }) => {
    const { communityCode, id } = splitPublicId(params.id)
    const row = await lockItem(tx, communityCode, id)
    if (!row) throw new AppError('not_found')
    assertMay(mayKeep(await directory.regions.tree(), actor, communityCode, row.unitId))
    await changeItem(tx, row, version, body, clock.now())
    return readItem(tx, actor, communityCode, id)
  })

  serve(app, deps, cobuildingRoutes.listCobuildingMatches, async ({ db, actor, params }) => {
    const { communityCode, id } = splitPublicId(params.id)
    const tree = await directory.regions.tree()
    const item = await findItem(db, communityCode, id)
    if (!item || !(await readsNeeds(db, tree, actor, communityCode))) throw new AppError('not_found')
    const others = await listItems(db, {
      community: communityCode,
      kind: item.kind === 'offer' ? 'need' : 'offer',
      state: 'open',
      today: today(),
      after: null,
      limit: MOST_COMPARED,
    })
    const items = matchItems(item, others)
      .slice(0, MOST_MATCHES)
      .map(({ row, sameResource, shared }) => ({ item: presentItem(tree, actor, row), sameResource, shared }))
    return { items }
  })

  serve(app, deps, cobuildingRoutes.listCobuildingProjects, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const after = decodeCursor(query.cursor, ['instant', 'uuid'])
    const withNeed = await readsNeeds(db, tree, actor, query.community)
    return pageOf(
      await listProjects(db, { ...query, after, limit: query.limit + 1 }),
      query.limit,
      (row) => [row.madeAt, row.id],
      (row) => presentProject(tree, actor, row, withNeed),
    )
  })

  serve(app, deps, cobuildingRoutes.startCobuildingProject, async ({ tx, actor, body }) => {
    const { community, offerId, needId, ...project } = body
    assertMay(mayMatch(await directory.regions.tree(), actor, community))
    const ids = { offerId: within(community, offerId, 'offerId'), needId: within(community, needId, 'needId') }
    const id = await startProject(tx, community, project, ids, by(actor))
    return readProject(tx, actor, community, id)
  })

  serve(app, deps, cobuildingRoutes.closeCobuildingProject, async ({ tx, actor, params, body, version }) => {
    const { communityCode, id } = splitPublicId(params.id)
    assertMay(mayMatch(await directory.regions.tree(), actor, communityCode))
    await closeProject(tx, communityCode, id, version, body, clock.now())
    return readProject(tx, actor, communityCode, id)
  })
}
