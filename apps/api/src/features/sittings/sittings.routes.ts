import { type SittingView, sittingRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { openName } from '../people/index.ts'
import { changeSitting, createSitting } from './call-sitting.ts'
import { attendSitting, cancelSitting, closeSitting, noteItem, openSitting } from './hold-sitting.ts'
import { printSitting } from './print-sitting.ts'
import { assertMayRead, type Standing, standingAt } from './sittings.policy.ts'
import { presentCandidate, presentSitting, presentSummary } from './sittings.present.ts'
import {
  findSitting,
  listItems,
  listPresiders,
  listSittingCandidates,
  listSittings,
  listSittingUnits,
  type SittingKey,
} from './sittings.queries.ts'

export function serveSittings(app: FastifyInstance, deps: Deps): void {
  const { clock, cipher, directory } = deps

  const standingOf = async (actor: Actor, communityCode: string): Promise<Standing> =>
    standingAt(actor, await directory.regions.tree(), communityCode)

  const read = async (on: Queryable, key: SittingKey, standing: Standing): Promise<SittingView> => {
    const [found, units, items] = await Promise.all([
      findSitting(on, key),
      listSittingUnits(on, key),
      listItems(on, key),
    ])
    return presentSitting(cipher, assertMayRead(found, standing), { units, items }, standing, clock.now())
  }
  const answered = async (on: Queryable, key: SittingKey, actor: Actor) => {
    const sitting = await read(on, key, await standingOf(actor, key.communityCode))
    return answer(sitting, { version: sitting.version })
  }

  serve(app, deps, sittingRoutes.listSittings, async ({ db, actor, query }) => {
    const { community, cursor, limit } = query
    const standing = await standingOf(actor, community)
    if (!standing.manages && !standing.supervises) return { items: [], nextCursor: null }
    const rows = await listSittings(db, community, decodeCursor(cursor, ['instant', 'uuid']), limit + 1)
    return pageOf(
      rows,
      limit,
      (row) => [row.heldAt, row.id],
      (row) => presentSummary(row, standing),
    )
  })

  serve(app, deps, sittingRoutes.listSittingCandidates, async ({ db, actor, query }) => {
    const { community } = query
    const standing = await standingOf(actor, community)
    if (!standing.manages) throw new AppError('forbidden')
    const now = clock.now()
    const [rows, presiders] = await Promise.all([
      listSittingCandidates(db, community, now),
      listPresiders(db, community, now),
    ])
    return {
      items: rows.map((row) => presentCandidate(community, row, standing, now)),
      presiders: presiders.map(({ personId, nameCipher }) => ({
        personId,
        name: openName(cipher, { id: personId, nameCipher, phoneCipher: null }),
      })),
    }
  })

  serve(app, deps, sittingRoutes.createSitting, async ({ tx, actor, body }) => {
    const key = await createSitting(tx, deps, actor, body)
    const sitting = await read(tx, key, await standingOf(actor, key.communityCode))
    return answer(sitting, { status: 201, version: sitting.version, location: `/v1/sittings/${sitting.id}` })
  })

  serve(app, deps, sittingRoutes.readSitting, ({ db, actor, params }) => answered(db, splitPublicId(params.id), actor))

  serve(app, deps, sittingRoutes.changeSitting, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await changeSitting(tx, deps, key, actor, version, body)
    return answered(tx, key, actor)
  })

  serve(app, deps, sittingRoutes.openSitting, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await openSitting(tx, deps, { key, actor, version })
    return answered(tx, key, actor)
  })

  serve(app, deps, sittingRoutes.attendSitting, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await attendSitting(tx, deps, { key, actor, version }, body.present)
    return answered(tx, key, actor)
  })

  serve(app, deps, sittingRoutes.putOffMatter, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    const issue = splitPublicId(params.issueId)
    if (issue.communityCode !== key.communityCode) throw new AppError('not_found')
    await noteItem(tx, deps, { key, actor, version }, { issueId: issue.id, note: body.note })
    return answered(tx, key, actor)
  })

  serve(app, deps, sittingRoutes.closeSitting, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await closeSitting(tx, deps, { key, actor, version })
    return answered(tx, key, actor)
  })

  serve(app, deps, sittingRoutes.cancelSitting, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await cancelSitting(tx, deps, { key, actor, version }, body.reason)
    return answered(tx, key, actor)
  })

  serve(app, deps, sittingRoutes.printSitting, async ({ db, actor, params, reply }) => {
    const key = splitPublicId(params.id)
    // A paper goes further than a page: it carries what the public may read, whoever prints it.
    const { personId, manages, supervises } = await standingOf(actor, key.communityCode)
    const sitting = await read(db, key, { personId, manages: false, supervises: manages || supervises })
    if (sitting.state !== 'closed') throw new AppError('not_found')
    reply.header('content-type', 'application/pdf')
    reply.header('content-disposition', `inline; filename="sitting-${sitting.number}.pdf"`)
    reply.header('cache-control', 'private, no-store')
    return reply.send(await printSitting(db, deps, key.communityCode, sitting))
  })
}
