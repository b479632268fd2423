import { councilRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { openName } from '../people/index.ts'
import { standingAt } from './council.policy.ts'
import { listMembers, listSeats } from './members.queries.ts'

export function serveMembers(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  /** @throws AppError forbidden for whoever has no place at this council */
  const treeFor = async (actor: Actor, community: string) => {
    const tree = await directory.regions.tree()
    if (!standingAt(actor, tree, community).attends) throw new AppError('forbidden')
    return tree
  }
  const named = (personId: string, nameCipher: string | null) => ({
    personId,
    name: openName(cipher, { id: personId, nameCipher, phoneCipher: null }),
  })

  serve(app, deps, councilRoutes.listCouncilMembers, async ({ db, actor, query }) => {
    const tree = await treeFor(actor, query.community)
    const rows = await listMembers(db, tree, query.community, query.at ? new Date(query.at) : clock.now())
    return {
      items: rows.map(({ personId, nameCipher, deputies, ...row }) => ({
        ...row,
        ...named(personId, nameCipher),
        deputies: deputies.map(({ personId: id, nameCipher: cipher, since, until, ...deputy }) => ({
          ...deputy,
          ...named(id, cipher),
          since: new Date(since).toISOString(),
          until: until === null ? null : new Date(until).toISOString(),
        })),
      })),
    }
  })

  serve(app, deps, councilRoutes.listCouncilSeats, async ({ db, actor, query }) => {
    const { community, cursor, limit } = query
    const tree = await treeFor(actor, community)
    const [after = null] = decodeCursor(cursor, ['uuid']) ?? []
    const rows = await listSeats(db, tree, community, { after, limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      ({ personId, nameCipher, deputyFor, deputyForNameCipher, ...row }) => ({
        ...row,
        ...named(personId, nameCipher),
        deputyFor: deputyFor === null ? null : named(deputyFor, deputyForNameCipher),
      }),
    )
  })
}
