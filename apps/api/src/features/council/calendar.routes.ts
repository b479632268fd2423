import { hash, randomBytes } from 'node:crypto'
import { councilRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import {
  deleteFeed,
  findCalendarRow,
  findFeed,
  findFeedOwner,
  listCalendar,
  listPersonalCalendar,
  replaceFeed,
} from './calendar.queries.ts'
import { writeCalendar, writePersonalCalendar } from './write-calendar.ts'

const DAY = 86_400_000
const PAST = 92 * DAY
const COMING = 366 * DAY

/** 256 bits: whoever holds the address holds the calendar. */
const newToken = () => randomBytes(32).toString('base64url')

const send = (request: FastifyRequest, reply: FastifyReply, text: string, caching: string, file: string) => {
  const etag = `"${hash('sha256', text, 'base64url')}"`
  reply.headers({ etag, 'cache-control': caching })
  const seen = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''))
  if (seen?.includes(etag)) return reply.code(304).send()
  return reply
    .headers({ 'content-disposition': `inline; filename="${file}.ics"` })
    .type('text/calendar; charset=utf-8')
    .send(text)
}

export function serveCalendars(app: FastifyInstance, deps: Deps): void {
  const { clock, cipher, config, directory } = deps
  const window = () => {
    const now = clock.now().getTime()
    return [new Date(now - PAST), new Date(now + COMING)] as const
  }
  const hashOf = (token: string) => cipher.keyedHash(`calendar:${token}`)

  serve(app, deps, councilRoutes.readCommunityCalendar, async ({ db, params, request, reply }) => {
    const community = (await directory.regions.tree()).get(params.code)
    if (community?.level !== 'community') throw new AppError('not_found')
    const rows = await listCalendar(db, community.code, ...window())
    const text = writeCalendar(`${community.name}议事会`, rows, config.publicUrl)
    return send(request, reply, text, 'public, no-cache', `meetings-${community.code}`)
  })

  serve(app, deps, councilRoutes.readMeetingCalendar, async ({ db, params, request, reply }) => {
    const row = await findCalendarRow(db, splitPublicId(params.id))
    if (!row) throw new AppError('not_found')
    return send(request, reply, writeCalendar(row.title, [row], config.publicUrl), 'public, no-cache', 'meeting')
  })

  serve(app, deps, councilRoutes.readPersonalCalendar, async ({ db, params, request, reply }) => {
    const feed = await findFeedOwner(db, hashOf(params.token))
    if (!feed) throw new AppError('not_found')
    const rows = await listPersonalCalendar(db, feed.personId, ...window())
    const text = writePersonalCalendar('我的议事会', rows, feed.personId, config.publicUrl)
    return send(request, reply, text, 'private, no-cache', 'my-meetings')
  })

  serve(app, deps, councilRoutes.readMyCalendar, async ({ db, actor }) => ({
    madeAt: (await findFeed(db, personOf(actor)))?.madeAt ?? null,
  }))

  serve(app, deps, councilRoutes.renewMyCalendar, async ({ tx, actor }) => {
    const token = newToken()
    const at = clock.now()
    await replaceFeed(tx, personOf(actor), hashOf(token), at)
    const address = `${config.publicUrl}/v1/calendars/${token}.ics`
    return answer({ address, madeAt: at.toISOString() }, { status: 201 })
  })

  serve(app, deps, councilRoutes.endMyCalendar, async ({ tx, actor }) => {
    await deleteFeed(tx, personOf(actor))
    return undefined
  })
}
