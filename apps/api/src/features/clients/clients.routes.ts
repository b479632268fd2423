import { clientRoutes, PERMISSIONS } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable, Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { type RegionTree, regionsHeld } from '../regions/index.ts'
import { approveClient, refuseClient, revokeClient } from './answer-client.ts'
import {
  assertMayApprove,
  assertMayManage,
  assertMayRefuse,
  assertMayRegister,
  assertVisible,
  mayWith,
} from './clients.policy.ts'
import { presentClient } from './clients.present.ts'
import { type ClientRow, findClient, listClients, listKeys, lockClient } from './clients.queries.ts'
import { issueKey } from './issue-key.ts'
import { registerClient } from './register-client.ts'

export function serveClients(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  const read = async (on: Queryable, tree: RegionTree, actor: Actor, id: string) => {
    const row = await findClient(on, id)
    assertVisible(tree, actor, row?.client)
    const now = clock.now()
    return presentClient(cipher, row!, await listKeys(on, [id], now), mayWith(tree, actor, row!.client, now), now)
  }
  const answered = async (tx: Tx, tree: RegionTree, actor: Actor, id: string) => {
    const client = await read(tx, tree, actor, id)
    return answer(client, { version: client.version })
  }
  const locked = async (
    tx: Tx,
    actor: Actor,
    id: string,
    assertMay: (tree: RegionTree, actor: Actor, client: ClientRow) => void,
  ) => {
    const tree = await directory.regions.tree()
    const client = await lockClient(tx, id)
    assertVisible(tree, actor, client)
    assertMay(tree, actor, client)
    return { tree, client }
  }

  serve(app, deps, clientRoutes.listClients, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const regions = regionsHeld(tree, actor, PERMISSIONS['clients.read'].roles, { within: query.region })
    const after = decodeCursor(query.cursor, ['text', 'uuid'])
    const now = clock.now()
    const rows = await listClients(db, { ...query, regions, now, after, limit: query.limit + 1 })
    const ids = rows.map(({ client }) => client.id)
    const keys = Map.groupBy(await listKeys(db, ids, now), ({ clientId }) => clientId)
    return pageOf(
      rows,
      query.limit,
      ({ client }) => [client.regionCode, client.id],
      (row) => presentClient(cipher, row, keys.get(row.client.id) ?? [], mayWith(tree, actor, row.client, now), now),
    )
  })

  serve(app, deps, clientRoutes.readClient, async ({ db, actor, params }) => {
    const client = await read(db, await directory.regions.tree(), actor, params.id)
    return answer(client, { version: client.version })
  })

  serve(app, deps, clientRoutes.registerClient, async ({ tx, actor, body }) => {
    const tree = await directory.regions.tree()
    const at = clock.now()
    assertMayRegister(tree, actor, body, at)
    const { id } = await registerClient(tx, cipher, { ...body, by: personOf(actor), at })
    const client = await read(tx, tree, actor, id)
    return answer(client, { version: client.version, location: `/v1/clients/${id}` })
  })

  serve(app, deps, clientRoutes.approveClient, async ({ tx, actor, params, afterCommit }) => {
    const { tree, client } = await locked(tx, actor, params.id, assertMayApprove)
    await approveClient(tx, client, { by: personOf(actor), at: clock.now() })
    afterCommit(() => app.clients.forget())
    return answered(tx, tree, actor, client.id)
  })

  serve(app, deps, clientRoutes.refuseClient, async ({ tx, actor, params, body }) => {
    const { tree, client } = await locked(tx, actor, params.id, assertMayRefuse)
    await refuseClient(tx, client, { by: personOf(actor), at: clock.now(), reason: body.reason })
    return answered(tx, tree, actor, client.id)
  })

  serve(app, deps, clientRoutes.revokeClient, async ({ tx, actor, params, body, afterCommit }) => {
    const { tree, client } = await locked(tx, actor, params.id, assertMayManage)
    await revokeClient(tx, client, { by: personOf(actor), at: clock.now(), reason: body.reason })
    afterCommit(() => app.clients.forget())
    return answered(tx, tree, actor, client.id)
  })

  serve(app, deps, clientRoutes.issueClientKey, async ({ tx, actor, params, body, version, afterCommit }) => {
    const { tree, client } = await locked(tx, actor, params.id, assertMayManage)
    const by = personOf(actor)
    const key = await issueKey(tx, client, { by, at: clock.now(), seenVersion: version, ...body })
    afterCommit(() => app.clients.forget())
    return { key, client: await read(tx, tree, actor, client.id) }
  })
}
