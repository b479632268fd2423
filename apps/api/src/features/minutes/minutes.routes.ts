import { councilRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { assertMayRead, findMeeting, type MeetingKey, standingAt } from '../council/index.ts'
import { answerAmendment, proposeAmendment } from './amend-minutes.ts'
import { presentPast } from './compose-minutes.ts'
import { listPast } from './composition.queries.ts'
import { confirmMinutes } from './confirm-minutes.ts'
import { draftMinutes } from './draft-minutes.ts'
import { printMinutes } from './print-minutes.ts'
import { keepPublicPrints } from './public-prints.ts'
import { readMinutes } from './read-minutes.ts'
import { publishMinutes, reviseMinutes, takeBackMinutes } from './write-minutes.ts'

export function serveMinutes(app: FastifyInstance, deps: Deps): void {
  const { clock, directory } = deps
  const printPublic = keepPublicPrints()

  /** The minutes as they are after a write, for whoever wrote. */
  const asNow = async (tx: Tx, key: MeetingKey, actor: Actor, status?: 201) => {
    const body = await readMinutes(tx, deps, key, actor)
    return answer(body, { version: body.version, ...(status && { status }) })
  }

  // No ETag: amendments and confirmations come without a new version.
  serve(app, deps, councilRoutes.readMinutes, ({ db, actor, params }) =>
    readMinutes(db, deps, splitPublicId(params.id), actor),
  )

  serve(app, deps, councilRoutes.readMinutesPdf, async ({ db, actor, params, reply }) => {
    const minutes = await readMinutes(db, deps, splitPublicId(params.id), actor)
    reply.header('content-type', 'application/pdf')
    reply.header('content-disposition', `inline; filename="minutes-${minutes.content.number}.pdf"`)
    // Who reads decides whose names stand in it.
    reply.header('cache-control', 'private, no-store')
    const open = minutes.state === 'confirmed' && minutes.people === null
    return reply.send(await (open ? printPublic(minutes) : printMinutes(minutes)))
  })

  serve(app, deps, councilRoutes.listPastResolutions, async ({ db, actor, params, query }) => {
    const key = splitPublicId(params.id)
    const standing = standingAt(actor, await directory.regions.tree(), key.communityCode)
    const meeting = assertMayRead(await findMeeting(db, key), standing)
    const now = clock.now()
    const rows = await listPast(db, meeting, {
      before: meeting.openedAt ?? now.toISOString(),
      inside: standing.inside,
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    })
    return pageOf(
      rows,
      query.limit,
      (row) => [row.adoptedAt, row.issueId],
      (row) => presentPast(key.communityCode, row, now),
    )
  })

  serve(app, deps, councilRoutes.draftMinutes, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    await draftMinutes(tx, deps, key, actor)
    return asNow(tx, key, actor, 201)
  })

  serve(app, deps, councilRoutes.reviseMinutes, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await reviseMinutes(tx, deps, key, actor, version, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.publishMinutes, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await publishMinutes(tx, deps, key, actor, version)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.takeBackMinutes, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await takeBackMinutes(tx, deps, key, actor, version, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.proposeAmendment, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await proposeAmendment(tx, deps, key, actor, body)
    return asNow(tx, key, actor, 201)
  })

  serve(app, deps, councilRoutes.answerAmendment, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await answerAmendment(tx, deps, key, actor, version, params.amendmentId, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.confirmMinutes, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await confirmMinutes(tx, deps, key, actor, version)
    return asNow(tx, key, actor)
  })
}
