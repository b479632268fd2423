import { makePublicId, type NoticeItem, publicityRoutes, type SuspendedItem } from '@tongxin/contract'
import { beforeAndAfter } from '@tongxin/lifecycle'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { listCompared, listNotices, listSuspended } from './publicity.queries.ts'

const KEYSET = ['instant', 'uuid'] as const

/** What a community shows everybody without being asked: results open to objections, and what had to be put off. */
export function servePublicity(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, publicityRoutes.listNotices, async ({ query: { community, cursor, limit }, db }) => {
    const rows = await listNotices(db, community, deps.clock.now(), decodeCursor(cursor, KEYSET), limit + 1)
    const entries = Map.groupBy(
      rows.length === 0
        ? []
        : await listCompared(
            db,
            community,
            rows.map(({ id }) => id),
          ),
      ({ id }) => id,
    )
    return pageOf(
      rows,
      limit,
      (row) => [row.noticeEndsAt, row.id],
      (row) => {
        const { before, after } = beforeAndAfter(entries.get(row.id) ?? [])
        const named = (ids: readonly string[]) => ids.map((id) => makePublicId(community, id))
        return { ...row, id: makePublicId(community, row.id), before: named(before), after: named(after) } as NoticeItem
      },
    )
  })

  serve(app, deps, publicityRoutes.listSuspended, async ({ query: { community, cursor, limit }, db }) => {
    const rows = await listSuspended(db, community, decodeCursor(cursor, KEYSET), limit + 1)
    return pageOf(
      rows,
      limit,
      (row) => [row.reviewAt, row.id],
      (row) => ({ ...row, id: makePublicId(community, row.id) }) as SuspendedItem,
    )
  })
}
