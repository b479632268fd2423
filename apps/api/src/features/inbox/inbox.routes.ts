import { type InboxItem, inboxRoutes, makePublicId, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { titleIn } from '../issues/index.ts'
import { countUnread, type InboxRow, listInbox, markRead, markReadUntil } from './inbox.queries.ts'

/** A unit may have lost the order since: it is told what the public is. */
/** A grid worker on duty is told of matters of any grid, and reads those of their own. */
const titleFor = (row: InboxRow): string | null =>
  row.role === 'unit_handler' || row.role === 'grid_worker'
    ? row.publicTitle
    : titleIn({ kind: 'all', masked: row.role === 'supervisor' }, row)

const present = (row: InboxRow): InboxItem => ({
  id: makePublicId(row.communityCode, row.id),
  step: row.step,
  issueId: makePublicId(row.communityCode, row.issueId),
  issueNumber: row.issueNumber,
  issueTitle: titleFor(row),
  clock: row.clock as InboxItem['clock'],
  dueAt: row.dueAt,
  madeAt: row.madeAt,
  readAt: row.readAt,
})

/** What those at the offices are told of. */
export function serveInbox(app: FastifyInstance, deps: Deps): void {
  const { clock } = deps
  const unreadOf = async (on: Queryable, personId: string) =>
    (await countUnread(on, [personId], clock.now())).get(personId) ?? 0

  serve(app, deps, inboxRoutes.listInbox, async ({ db, actor, query: { cursor, limit, unread } }) => {
    const personId = personOf(actor)
    const after = decodeCursor(cursor, ['instant', 'uuid'])
    const [rows, count] = await Promise.all([
      listInbox(db, personId, unread ? 'unread' : 'all', clock.now(), after, limit + 1),
      unreadOf(db, personId),
    ])
    return { ...pageOf(rows, limit, ({ madeAt, id }) => [madeAt, id], present), unread: count }
  })

  serve(app, deps, inboxRoutes.readInbox, async ({ tx, actor, body }) => {
    const personId = personOf(actor)
    if ('ids' in body) await markRead(tx, personId, clock.now(), body.ids.map(splitPublicId))
    else await markReadUntil(tx, personId, clock.now(), body.until)
    return { unread: await unreadOf(tx, personId) }
  })
}
