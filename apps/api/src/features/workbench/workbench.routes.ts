import { workbenchRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { listCouncilSteps } from './list-council-steps.ts'
import { listWorkbench } from './list-workbench.ts'

/** What waits for whom at a community's office. */
export function serveWorkbench(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, workbenchRoutes.listWorkbench, async ({ db, actor, query: { community, list, cursor, limit } }) => {
    const after = decodeCursor(cursor, ['instant', 'uuid'])
    const { items, last } = await listWorkbench(db, deps, actor, { community, list, after, limit })
    return { items, nextCursor: last && encodeCursor(last) }
  })

  serve(app, deps, workbenchRoutes.listCouncilSteps, async ({ db, actor, query: { community } }) => ({
    items: await listCouncilSteps(db, deps, actor, community),
  }))
}
