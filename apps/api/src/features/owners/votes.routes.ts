import { ownersRoutes, PERMISSIONS, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { holdsOver, regionsHeld } from '../regions/index.ts'
import { countByStaff } from './count-vote.ts'
import { enterPaper } from './enter-paper.ts'
import { listStanding } from './head-proxies.queries.ts'
import { objectToVote } from './object-to-vote.ts'
import { postVote } from './post-vote.ts'
import { readOwnHead, readOwnHeads } from './read-own-heads.ts'
import { voteAsOwner } from './vote-as-owner.ts'
import { listEntries, listHeadNos, listHeads } from './vote-heads.queries.ts'
import { presentPaperHead, presentVote } from './votes.present.ts'
import { findVote, listVotes, type VoteKey, type VoteRow } from './votes.queries.ts'

export function serveOwnersVotes(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  const found = async (on: Queryable, key: VoteKey): Promise<VoteRow> => {
    const vote = await findVote(on, key)
    if (!vote) throw new AppError('not_found')
    return vote
  }
  const asNow = async (on: Queryable, key: VoteKey) => presentVote(await found(on, key), clock.now())

  /** Whose papers these are is nobody's business elsewhere: a grid worker reads those of their own grid. @throws AppError not_found */
  const buildingsOf = async (actor: Actor, { communityCode }: VoteKey): Promise<string[]> => {
    const tree = await directory.regions.tree()
    const roles = PERMISSIONS['owners.enter'].roles
    const buildings = regionsHeld(tree, actor, roles, { within: communityCode, levels: ['building'] })
    if (buildings.length === 0) throw new AppError('not_found')
    return buildings
  }

  const paperHeads = async (on: Queryable, key: VoteKey, actor: Actor, headNos: readonly number[]) => {
    const tree = await directory.regions.tree()
    const rows = await listHeads(on, key, headNos)
    const entries = Map.groupBy(await listEntries(on, key, headNos), ({ headNo }) => headNo)
    const proxies = new Map((await listStanding(on, key, headNos)).map((proxy) => [proxy.headNo, proxy]))
    const reader = { cipher, tree, personId: personOf(actor) }
    return rows.map((row) =>
      presentPaperHead(row, entries.get(row.headNo) ?? [], { ...reader, proxy: proxies.get(row.headNo) }),
    )
  }

  serve(app, deps, ownersRoutes.putToOwners, async ({ tx, actor, params, body }) => {
    const key = await postVote(tx, deps, splitPublicId(params.id), actor, body)
    const view = await asNow(tx, key)
    return answer(view, { status: 201, location: `/v1/owners-votes/${view.id}` })
  })

  serve(app, deps, ownersRoutes.listOwnersVotes, async ({ db, query }) => {
    const { community, limit } = query
    const before = decodeCursor(query.cursor, ['instant', 'uuid'])
    const rows = await listVotes(db, { communityCode: community, before, limit: limit + 1 })
    const now = clock.now()
    return pageOf(
      rows,
      limit,
      (row) => [row.postedAt, row.id],
      (row) => presentVote(row, now),
    )
  })

  serve(app, deps, ownersRoutes.readOwnersVote, ({ db, params }) => asNow(db, splitPublicId(params.id)))

  serve(app, deps, ownersRoutes.listOwnHeads, async ({ db, actor, params }) => ({
    items: await readOwnHeads(db, deps, splitPublicId(params.id), actor),
  }))

  serve(app, deps, ownersRoutes.voteAsOwner, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await voteAsOwner(tx, deps, key, actor, body)
    return answer(await readOwnHead(tx, deps, key, actor, body.headNo), { status: 201 })
  })

  serve(app, deps, ownersRoutes.objectToVote, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await objectToVote(tx, deps, key, actor, body.headNo)
    return answer(await readOwnHead(tx, deps, key, actor, body.headNo), { status: 201 })
  })

  serve(app, deps, ownersRoutes.listPaperHeads, async ({ db, actor, params, query }) => {
    const key = splitPublicId(params.id)
    const buildings = await buildingsOf(actor, key)
    await found(db, key)
    const headNos = await listHeadNos(db, key, {
      buildings,
      after: decodeCursor(query.cursor, ['number'])?.[0] ?? 0,
      building: query.building,
      unsettled: query.unsettled ?? false,
      limit: query.limit + 1,
    })
    return pageOf(
      await paperHeads(db, key, actor, headNos),
      query.limit,
      ({ headNo }) => [headNo],
      (head) => head,
    )
  })

  serve(app, deps, ownersRoutes.enterPaper, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await enterPaper(tx, deps, key, actor, { ...body, buildings: await buildingsOf(actor, key) })
    const [head] = await paperHeads(tx, key, actor, [body.headNo])
    if (!head) throw new Error('A head just entered is not there')
    return head
  })

  serve(app, deps, ownersRoutes.countOwnersVote, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    const roles = PERMISSIONS['owners.manage'].roles
    if (!holdsOver(await directory.regions.tree(), actor, roles, key.communityCode)) throw new AppError('not_found')
    await countByStaff(tx, deps, key, personOf(actor))
    return asNow(tx, key)
  })
}
