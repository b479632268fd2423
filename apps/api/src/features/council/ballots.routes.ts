import { readFileSync } from 'node:fs'
import { councilRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { answer } from '../../http/answer.ts'
import { serve } from '../../http/serve.ts'
import type { Door } from '../issues/index.ts'
import { castPaper } from './cast-paper.ts'
import { castVote } from './cast-vote.ts'
import { closeBallot } from './close-ballot.ts'
import { drawPaper } from './draw-paper.ts'
import { cancelRecordedProxy, giveProxy, recordProxy, revokeProxy } from './give-proxy.ts'
import { readBallot, readBox, readMyBallots, readProxies } from './read-ballot.ts'

/** Votes of the members themselves. */
export function serveBallots(app: FastifyInstance, door: Door): void {
  const { deps } = door
  const verifier = readFileSync(new URL('./verify-ballots.mjs', import.meta.url))

  serve(app, deps, councilRoutes.listMyBallots, async ({ db, actor, query }) => ({
    items: await readMyBallots(db, deps, query.community, actor),
  }))

  serve(app, deps, councilRoutes.readBallot, ({ db, actor, params }) =>
    readBallot(db, deps, splitPublicId(params.id), actor),
  )

  // The receipt alone: how far the vote is costs a look at everybody's, and others wait to cast.
  serve(app, deps, councilRoutes.castVote, ({ tx, actor, params, body }) =>
    castVote(tx, deps, splitPublicId(params.id), actor, body),
  )

  serve(app, deps, councilRoutes.drawPaper, ({ tx, actor, params, body }) =>
    drawPaper(tx, deps, splitPublicId(params.id), actor, body),
  )

  serve(app, deps, councilRoutes.castPaper, async ({ tx, params, body }) => {
    await castPaper(tx, deps, splitPublicId(params.id), body)
    return { token: body.token }
  })

  serve(app, deps, councilRoutes.listBallots, ({ db, actor, params }) =>
    readBox(db, deps, splitPublicId(params.id), actor),
  )

  serve(app, deps, councilRoutes.closeBallot, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    await closeBallot(tx, door, key, actor)
    return readBallot(tx, deps, key, actor)
  })

  serve(app, deps, councilRoutes.readBallotVerifier, async ({ reply }) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('content-disposition', 'attachment; filename="verify-ballots.mjs"')
      .send(verifier),
  )

  serve(app, deps, councilRoutes.listProxies, async ({ db, actor, params }) => ({
    items: await readProxies(db, deps, splitPublicId(params.id), actor),
  }))

  serve(app, deps, councilRoutes.giveProxy, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await giveProxy(tx, deps, key, actor, body.holderId)
    return { items: await readProxies(tx, deps, key, actor) }
  })

  serve(app, deps, councilRoutes.revokeProxy, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    await revokeProxy(tx, deps, key, actor)
    return { items: await readProxies(tx, deps, key, actor) }
  })

  serve(app, deps, councilRoutes.recordProxy, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await recordProxy(tx, deps, key, actor, body)
    return answer({ items: await readProxies(tx, deps, key, actor) }, { status: 201 })
  })

  serve(app, deps, councilRoutes.cancelRecordedProxy, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    await cancelRecordedProxy(tx, deps, key, actor, params.personId)
    return { items: await readProxies(tx, deps, key, actor) }
  })
}
