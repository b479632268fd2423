import { ownersRoutes, PERMISSIONS, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { inTransaction, type Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { holdActor } from '../../http/hold-actor.ts'
import { serve, serveUntransacted } from '../../http/serve.ts'
import { holdsOver } from '../regions/index.ts'
import { appointProxy, recordProxy } from './appoint-proxy.ts'
import { revokeProxy } from './end-proxy.ts'
import { findProxy, findScan, listProxies, type ProxyRow } from './head-proxies.queries.ts'
import { readOwnHead } from './read-own-heads.ts'
import { listHeads } from './vote-heads.queries.ts'
import { presentProxy } from './votes.present.ts'
import { findVote, type VoteKey } from './votes.queries.ts'
import { withoutGuessing } from './without-guessing.ts'

export function serveHeadProxies(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  /** Whom others trust is for those to know who keep the record. @throws AppError not_found */
  const assertKeeps = async (on: Queryable, actor: Actor, key: VoteKey) => {
    const tree = await directory.regions.tree()
    const keeps = holdsOver(tree, actor, PERMISSIONS['owners.manage'].roles, key.communityCode)
    const vote = keeps ? await findVote(on, key) : undefined
    if (!vote) throw new AppError('not_found')
    return vote
  }

  const shown = async (on: Queryable, key: VoteKey, rows: readonly ProxyRow[]) => {
    const vote = await findVote(on, key)
    if (!vote) throw new AppError('not_found')
    const headNos = rows.map(({ headNo }) => headNo)
    const heads = new Map((await listHeads(on, key, headNos)).map((head) => [head.headNo, head]))
    const tree = await directory.regions.tree()
    return rows.map((row) => presentProxy(row, heads.get(row.headNo), vote, { cipher, tree, now: clock.now() }))
  }

  // Counted outside the transaction, which a wrong guess undoes.
  serveUntransacted(app, deps, ownersRoutes.appointProxy, ({ actor, params, body }) =>
    withoutGuessing(deps, personOf(actor), () =>
      inTransaction(deps.pool, async (tx) => {
        const key = splitPublicId(params.id)
        await holdActor(tx, actor)
        await appointProxy(tx, deps, key, actor, body)
        return answer(await readOwnHead(tx, deps, key, actor, body.headNo), { status: 201 })
      }),
    ),
  )

  serve(app, deps, ownersRoutes.recordHeadProxy, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await assertKeeps(tx, actor, key)
    const row = await findProxy(tx, key, await recordProxy(tx, deps, key, actor, body))
    const [proxy] = row ? await shown(tx, key, [row]) : []
    if (!proxy) throw new Error('A proxy just recorded is not there')
    return answer(proxy, { status: 201 })
  })

  serve(app, deps, ownersRoutes.revokeHeadProxy, async ({ tx, actor, params }) => {
    await revokeProxy(tx, deps, splitPublicId(params.id), actor, params.proxyId)
    return undefined
  })

  serve(app, deps, ownersRoutes.listHeadProxies, async ({ db, actor, params, query }) => {
    const key = splitPublicId(params.id)
    await assertKeeps(db, actor, key)
    const after = decodeCursor(query.cursor, ['instant', 'uuid'])
    const rows = await listProxies(db, key, { after, limit: query.limit + 1 })
    const views = new Map((await shown(db, key, rows)).map((view) => [view.id, view]))
    return pageOf(
      rows,
      query.limit,
      ({ givenAt, id }) => [givenAt, id],
      ({ id }) => views.get(id)!,
    )
  })

  serve(app, deps, ownersRoutes.readHeadProxyPaper, async ({ db, actor, params, request, reply }) => {
    const key = splitPublicId(params.id)
    await assertKeeps(db, actor, key)
    const scan = await findScan(db, key, params.proxyId)
    if (!scan) throw new AppError('not_found')
    const etag = `"${scan.hash}"`
    reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization' })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    const file = await deps.storage.open(scan.hash)
    if (!file) throw new Error(`The file ${scan.hash} of proxy ${params.proxyId} is missing`)
    return reply
      .headers({ 'content-length': file.bytes, 'content-disposition': 'inline' })
      .type(scan.mediaType)
      .send(file.stream)
  })
}
