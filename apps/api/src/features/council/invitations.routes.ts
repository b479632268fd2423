import { councilRoutes, makePublicId, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { answerInvitation } from './answer-invitation.ts'
import { listPersonalCalendar } from './calendar.queries.ts'
import { findMeeting } from './meetings.queries.ts'
import { presentOwn, readInvitations, readNotice } from './read-notice.ts'
import { setGuests } from './set-guests.ts'

const DAY = 86_400_000
const COMING = 366 * DAY

export function serveInvitations(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, councilRoutes.readMeetingNotice, ({ db, actor, params }) =>
    readNotice(db, deps, splitPublicId(params.id), actor),
  )

  serve(app, deps, councilRoutes.listInvitations, ({ db, actor, params }) =>
    readInvitations(db, deps, splitPublicId(params.id), actor),
  )

  serve(app, deps, councilRoutes.answerInvitation, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await answerInvitation(tx, deps, key, actor, body)
    const { mine } = await readNotice(tx, deps, key, actor)
    if (!mine) throw new AppError('forbidden')
    return mine
  })

  serve(app, deps, councilRoutes.setMeetingGuests, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await setGuests(tx, deps, key, actor, version, body)
    const meeting = await findMeeting(tx, key)
    return answer(await readNotice(tx, deps, key, actor), { ...(meeting && { version: meeting.version }) })
  })

  serve(app, deps, councilRoutes.listMyInvitations, async ({ db, actor }) => {
    const now = deps.clock.now().getTime()
    // One that began late yesterday evening may still be in session.
    const rows = await listPersonalCalendar(db, personOf(actor), new Date(now - DAY), new Date(now + COMING))
    const items = rows
      .filter(({ state }) => state === 'announced' || state === 'in_session')
      .map((row) => ({
        ...presentOwn(row, row.state),
        meetingId: makePublicId(row.communityCode, row.id),
        title: row.title,
        heldAt: row.heldAt,
        place: row.place,
        state: row.state,
      }))
    return { items }
  })
}
