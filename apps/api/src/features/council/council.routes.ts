import { councilRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Tx } from '../../db/connect.ts'
import type { Actor } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import type { Door } from '../issues/index.ts'
import { serveAgenda } from './agenda.routes.ts'
import { acceptAmendment, moveAmendment, putMotion } from './amend-motion.ts'
import { checkIn, handOver, leaveMeeting } from './attend.ts'
import { serveBallots } from './ballots.routes.ts'
import { serveCalendars } from './calendar.routes.ts'
import { standingAt } from './council.policy.ts'
import { presentMeetingItem, presentMotion } from './council.present.ts'
import { cancelMeeting, closeMeeting } from './end-meeting.ts'
import { serveFloor } from './floor.routes.ts'
import { serveInvitations } from './invitations.routes.ts'
import { listMeetings, type MeetingKey } from './meetings.queries.ts'
import { serveMembers } from './members.routes.ts'
import { announceMeeting, changeMeeting, createMeeting, openMeeting } from './prepare-meeting.ts'
import { readMeeting } from './read-meeting.ts'
import { serveSeries } from './series.routes.ts'
import { countMotion, proposeMotion, withdrawMotion } from './vote.ts'

export function serveCouncil(app: FastifyInstance, door: Door): void {
  const { deps } = door
  serveAgenda(app, deps)
  serveBallots(app, door)
  serveFloor(app, deps)
  serveMembers(app, deps)
  const { directory } = deps
  serveSeries(app, deps, door)
  serveInvitations(app, deps)
  serveCalendars(app, deps)

  /** The meeting as it is after a write, for whoever wrote. */
  const asNow = async (tx: Tx, key: MeetingKey, actor: Actor) => {
    const body = await readMeeting(tx, deps, key, actor)
    return answer(body, { version: body.version })
  }

  serve(app, deps, councilRoutes.listMeetings, async ({ db, actor, query }) => {
    const { community, state, cursor, limit } = query
    const rows = await listMeetings(db, {
      communityCode: community,
      state,
      drafts: standingAt(actor, await directory.regions.tree(), community).inside,
      after: decodeCursor(cursor, ['instant', 'uuid']),
      limit: limit + 1,
    })
    return pageOf(rows, limit, (row) => [row.heldAt, row.id], presentMeetingItem)
  })

  // No ETag: people come and go without a new version of the meeting.
  serve(app, deps, councilRoutes.readMeeting, ({ db, actor, params }) =>
    readMeeting(db, deps, splitPublicId(params.id), actor),
  )

  serve(app, deps, councilRoutes.createMeeting, async ({ tx, actor, body }) => {
    const key = await createMeeting(tx, deps, actor, body)
    const meeting = await readMeeting(tx, deps, key, actor)
    return answer(meeting, { status: 201, version: meeting.version, location: `/v1/meetings/${meeting.id}` })
  })

  serve(app, deps, councilRoutes.changeMeeting, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await changeMeeting(tx, deps, key, actor, version, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.announceMeeting, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await announceMeeting(tx, deps, key, actor, version, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.openMeeting, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await openMeeting(tx, deps, key, actor, version)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.checkIn, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await checkIn(tx, deps, key, actor, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.leaveMeeting, async ({ tx, actor, params, body }) => {
    const key = splitPublicId(params.id)
    await leaveMeeting(tx, deps, key, actor, body.personId)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.handOverMeeting, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await handOver(tx, deps, key, actor, version, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.closeMeeting, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await closeMeeting(tx, door, key, actor, version)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.cancelMeeting, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await cancelMeeting(tx, door, key, actor, version, body)
    return asNow(tx, key, actor)
  })

  serve(app, deps, councilRoutes.proposeMotion, async ({ tx, actor, params, body }) =>
    answer(presentMotion(await proposeMotion(tx, deps, splitPublicId(params.id), actor, body)), { status: 201 }),
  )

  serve(app, deps, councilRoutes.putMotion, async ({ tx, actor, params, body }) =>
    presentMotion(await putMotion(tx, deps, splitPublicId(params.id), actor, body)),
  )

  serve(app, deps, councilRoutes.moveAmendment, async ({ tx, actor, params, body }) =>
    answer(presentMotion(await moveAmendment(tx, deps, splitPublicId(params.id), actor, body)), { status: 201 }),
  )

  serve(app, deps, councilRoutes.acceptAmendment, async ({ tx, actor, params }) =>
    presentMotion(await acceptAmendment(tx, deps, splitPublicId(params.id), actor)),
  )

  serve(app, deps, councilRoutes.countMotion, async ({ tx, actor, params, body }) =>
    presentMotion(await countMotion(tx, deps, splitPublicId(params.id), actor, body)),
  )

  serve(app, deps, councilRoutes.withdrawMotion, async ({ tx, actor, params, body }) =>
    presentMotion(await withdrawMotion(tx, door, splitPublicId(params.id), actor, body)),
  )
}
