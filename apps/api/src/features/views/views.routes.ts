import { type MatterView, MOST_VIEWS, makePublicId, splitPublicId, viewRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable, Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { scopeOf } from '../issues/index.ts'
import { openName } from '../people/index.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'
import {
  countViews,
  deleteView,
  findView,
  insertView,
  listViewRows,
  lockView,
  updateView,
  type ViewRow,
} from './views.queries.ts'

/** The ways of looking at a community's list of matters that its staff keep. */
export function serveViews(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  /** Whether they have a part in this community's office. */
  const worksThere = (tree: RegionTree, actor: Actor, community: string) =>
    ['all', 'grids'].includes(scopeOf(actor, tree, community, false).kind)
  // A shared one outlives the office of who made it: somebody must be able to clear it away.
  const mayChange = (tree: RegionTree, actor: Actor, row: ViewRow) =>
    row.ownerId === personOf(actor) || (row.shared && holdsOver(tree, actor, ['secretary'], row.communityCode))

  const present = (tree: RegionTree, actor: Actor, row: ViewRow): MatterView => {
    const { communityCode, id, ownerId, nameCipher, ...shown } = row
    return {
      ...shown,
      id: makePublicId(communityCode, id),
      ownerName: openName(cipher, { id: ownerId, nameCipher, phoneCipher: null }),
      mine: ownerId === personOf(actor),
      mayChange: mayChange(tree, actor, row),
    }
  }
  const read = async (on: Queryable, tree: RegionTree, actor: Actor, community: string, id: string) => {
    const row = await findView(on, community, id)
    return answer(present(tree, actor, row!), { version: row!.version })
  }

  /** @throws AppError not_found where they may not see it, forbidden where they may only look, stale_version */
  const held = async (tx: Tx, actor: Actor, id: string, version: number) => {
    const tree = await directory.regions.tree()
    const key = splitPublicId(id)
    const row = await lockView(tx, key.communityCode, key.id)
    const sees = row && worksThere(tree, actor, row.communityCode) && (row.shared || row.ownerId === personOf(actor))
    if (!row || !sees) throw new AppError('not_found')
    if (!mayChange(tree, actor, row)) throw new AppError('forbidden')
    if (row.version !== version) throw new AppError('stale_version')
    return { tree, row }
  }

  serve(app, deps, viewRoutes.listViews, async ({ db, actor, query: { community, cursor, limit } }) => {
    const tree = await directory.regions.tree()
    if (!worksThere(tree, actor, community)) throw new AppError('forbidden')
    const after = decodeCursor(cursor, ['number', 'text', 'uuid'])
    return pageOf(
      await listViewRows(db, community, personOf(actor), after, limit + 1),
      limit,
      (row) => [row.others, row.name, row.id],
      ({ others: _, ...row }) => present(tree, actor, row),
    )
  })

  serve(app, deps, viewRoutes.saveView, async ({ tx, actor, body }) => {
    const tree = await directory.regions.tree()
    const { community, ...content } = body
    if (!worksThere(tree, actor, community)) throw new AppError('forbidden')
    const ownerId = personOf(actor)
    if ((await countViews(tx, community, ownerId)) >= MOST_VIEWS)
      throw new AppError('unprocessable', {
        reason: 'too_many_views',
        detail: `最多保存 ${MOST_VIEWS} 个视图，请先删除不用的`,
      })
    const id = newId(clock.now())
    await insertView(tx, { community, id, ownerId }, content)
    return read(tx, tree, actor, community, id)
  })

  serve(app, deps, viewRoutes.changeView, async ({ tx, actor, params, body, version }) => {
    const { tree, row } = await held(tx, actor, params.id, version)
    const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    await updateView(tx, row.communityCode, row.id, { ...row, ...said })
    return read(tx, tree, actor, row.communityCode, row.id)
  })

  serve(app, deps, viewRoutes.removeView, async ({ tx, actor, params, version }) => {
    const { row } = await held(tx, actor, params.id, version)
    await deleteView(tx, row.communityCode, row.id)
    return undefined
  })
}
