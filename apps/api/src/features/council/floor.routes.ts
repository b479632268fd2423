import { councilRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { serve } from '../../http/serve.ts'
import { checkInCode } from './check-in-code.ts'
import { assertMay, assertMayRead, standingAt } from './council.policy.ts'
import { MeetingStreams } from './follow-meetings.ts'
import { askFloor, endSpeech, giveFloor } from './give-floor.ts'
import { findMeeting, type MeetingKey } from './meetings.queries.ts'
import { readMeeting } from './read-meeting.ts'

export function serveFloor(app: FastifyInstance, deps: Deps): void {
  const { clock, config, directory } = deps
  const streams = new MeetingStreams(app, deps)

  const asNow = async (tx: Tx, key: MeetingKey, actor: Actor, status = 200) => {
    const body = await readMeeting(tx, deps, key, actor)
    return answer(body, { status, version: body.version })
  }

  serve(app, deps, councilRoutes.followMeeting, async ({ params, reply }) => {
    const stream = await streams.follow(splitPublicId(params.id))
    // Proxies would else collect what must arrive at once, and a line that has ended hold up the end of the service.
    reply.headers({ 'x-accel-buffering': 'no', connection: 'close' }).type('text/event-stream; charset=utf-8')
    return reply.send(stream)
  })

  serve(app, deps, councilRoutes.readCheckInCode, async ({ db, actor, params }) => {
    const key = splitPublicId(params.id)
    const standing = standingAt(actor, await directory.regions.tree(), key.communityCode)
    assertMay('show_code', assertMayRead(await findMeeting(db, key), standing), standing)
    const { code, until } = checkInCode(config.secret, key, clock.now())
    return { code, until: new Date(until).toISOString() }
  })

  serve(app, deps, councilRoutes.askFloor, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await askFloor(tx, deps, key, actor, body.personId)
    return asNow(tx, key, actor, 201)
  })

  serve(app, deps, councilRoutes.giveFloor, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await giveFloor(tx, deps, key, actor, params.speakerId, body.seconds)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.endSpeech, async ({ tx, actor, params }) => {
    const key = splitPublicId(params.id)
    await endSpeech(tx, deps, key, actor, params.speakerId)
    return asNow(tx, key, actor)
  })
}
