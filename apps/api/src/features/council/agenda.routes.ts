import { councilRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { attachPapers, removePaper } from './attach-papers.ts'
import { assertMayRead, standingAt } from './council.policy.ts'
import { findPaper } from './items.queries.ts'
import { findMeeting, type MeetingKey } from './meetings.queries.ts'
import { readMeeting } from './read-meeting.ts'
import { setAgenda } from './set-agenda.ts'
import { finishItem, noteItem, takeUpItem } from './take-up.ts'

/** What a meeting takes up: its items, their papers, and where the room is. */
export function serveAgenda(app: FastifyInstance, deps: Deps): void {
  const asNow = async (tx: Tx, key: MeetingKey, actor: Actor) => {
    const body = await readMeeting(tx, deps, key, actor)
    return answer(body, { version: body.version })
  }

  serve(app, deps, councilRoutes.setAgenda, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await setAgenda(tx, deps, key, actor, version, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.attachPapers, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await attachPapers(tx, deps, key, actor, version, params.itemId, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.removePaper, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await removePaper(tx, deps, key, actor, version, params)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.readPaper, async ({ db, actor, params, request, reply }) => {
    const key = splitPublicId(params.id)
    const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
    const meeting = assertMayRead(await findMeeting(db, key), standing)
    const { communityCode, id } = splitPublicId(params.paperId)
    const paper = communityCode === key.communityCode ? await findPaper(db, meeting, id, standing) : undefined
    if (!paper) throw new AppError('not_found')
    const etag = `"${paper.hash}"`
    // Kept by the reader's own browser, and asked for again each time: a paper may be taken off, and a draft is not for all.
    reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization' })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    const file = await deps.storage.open(paper.hash)
    if (!file) throw new Error(`The file ${paper.hash} of paper ${params.paperId} is missing`)
    const name = encodeURIComponent(`${paper.title}.${paper.mediaType === 'application/pdf' ? 'pdf' : 'jpg'}`)
    return reply
      .headers({ 'content-length': file.bytes, 'content-disposition': `inline; filename*=UTF-8''${name}` })
      .type(paper.mediaType)
      .send(file.stream)
  })

  serve(app, deps, councilRoutes.takeUpItem, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    await takeUpItem(tx, deps, key, actor, params.itemId)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.finishItem, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    await finishItem(tx, deps, key, actor, params.itemId)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.noteItem, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await noteItem(tx, deps, key, actor, version, params.itemId, body.text)
    return asNow(tx, key, actor)
  })
}
