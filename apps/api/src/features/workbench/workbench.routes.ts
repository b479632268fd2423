import { workbenchRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { PolledStreams } from '../../http/polled-streams.ts'
import { serve } from '../../http/serve.ts'
import { listWorkbench } from './list-workbench.ts'
import { searchFor } from './workbench.policy.ts'
import { findMarks } from './workbench.queries.ts'

/** What waits for whom at a community's office. */
export function serveWorkbench(app: FastifyInstance, deps: Deps): void {
  const streams = new PolledStreams(app, deps, 'workbench', async (communities) => {
    const marks = await findMarks(deps.db, communities)
    return new Map([...marks].map(([community, mark]) => [community, { mark, data: {} }]))
  })

  serve(app, deps, workbenchRoutes.listWorkbench, async ({ db, actor, query: { community, list, cursor, limit } }) => {
    const after = decodeCursor(cursor, ['instant', 'uuid'])
    const { items, last } = await listWorkbench(db, deps, actor, { community, list, after, limit })
    return { items, nextCursor: last && encodeCursor(last) }
  })

  serve(app, deps, workbenchRoutes.followWorkbench, async ({ actor, query: { community }, reply }) => {
    // Whoever has no part in the work there is not told when it is done.
    searchFor(actor, await deps.directory.regions.tree(), community, 'mine')
    // Proxies would else collect what must arrive at once.
    reply.header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8')
    return reply.send(streams.follow(personOf(actor), community))
  })
}
