import { type Body, type councilRoutes, makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { applyAmendment } from './apply-amendment.ts'
import { arrange, callBallot, checkMovers } from './call-ballot.ts'
import { lockFor } from './lock-for.ts'
import { isPresent, type MeetingKey } from './meetings.queries.ts'
import { acceptRow, findMotion, insertMotion, isBeingAmended, type MotionRow, savePut } from './motions.queries.ts'
import { recordMotionEvent } from './record-council-event.ts'

const unfit = (reason: string, detail: string, field?: string) =>
  new AppError('unprocessable', {
    reason,
    detail,
    ...(field && { errors: [{ path: `body.${field}`, message: detail }] }),
  })

const amendmentOpen = () =>
  new AppError('motion_open', { reason: 'amendment_open', detail: '修正案还没有定论，请先表决、接受或撤回修正案' })

/** What was moved and is not put yet, with its meeting locked. @throws AppError not_found, motion_open, motion_closed */
const lockMoved = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor, operation: 'amend' | 'put' | 'accept') => {
  const known = await findMotion(tx, key)
  if (!known) throw new AppError('not_found')
  const { meeting } = await lockFor(tx, deps, { ...key, id: known.meetingId }, actor, operation)
  const motion = await findMotion(tx, key)
  if (motion?.state === 'open') throw new AppError('motion_open', { reason: 'already_put', detail: '已经交付表决' })
  if (motion?.state !== 'moved') throw new AppError('motion_closed')
  return { meeting, motion }
}

const asNow = async (tx: Tx, key: MeetingKey): Promise<MotionRow> => {
  const motion = await findMotion(tx, key)
  if (!motion) throw new Error('A motion just written is not there')
  return motion
}

/** @throws AppError motion_open while another amendment waits; unprocessable for what would change nothing */
export const moveAmendment = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  { text, rule, moverId, seconderId, reviewed }: Body<typeof councilRoutes.moveAmendment>,
): Promise<MotionRow> => {
  const { meeting, motion } = await lockMoved(tx, deps, key, actor, 'amend')
  assertPublishable(reviewed, { text })
  if (motion.amendsId !== null) throw unfit('amends_an_amendment', '修正案本身不能再修正，请撤回后另提')
  if (await isBeingAmended(tx, key)) throw amendmentOpen()
  if (text === motion.text) throw unfit('same_text', '修正后的文字与原文相同', 'text')
  await checkMovers(tx, meeting, { moverId, seconderId })
  const at = deps.clock.now()
  const by = personOf(actor)
  const { communityCode, meetingId, issueId, proposes } = motion
  const id = newId(at)
  const words = { text, rule, proposes }
  const how = { method: 'hands', place: 'room', opensAt: null, closesAt: null, publicKey: null } as const
  const movers = { moverId, seconderId: seconderId ?? null }
  const row = { communityCode, id, meetingId, issueId, amendsId: motion.id, state: 'moved' as const }
  await insertMotion(tx, { ...row, ...words, ...how, ...movers }, by, at)
  await recordMotionEvent(tx, deps, { communityCode, id }, 'propose', {
    from: null,
    to: 'moved',
    by,
    at,
    record: { meetingId, issueId: makePublicId(communityCode, issueId), amendsId: motion.id, ...words, ...how },
    personal: movers,
  })
  return asNow(tx, { communityCode, id })
}

/**
 * Puts to the vote what was moved before; what would amend it has been decided.
 * @throws AppError motion_open, no_quorum, unprocessable
 */
export const putMotion = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  body: Body<typeof councilRoutes.putMotion>,
): Promise<MotionRow> => {
  const { meeting, motion } = await lockMoved(tx, deps, key, actor, 'put')
  if (await isBeingAmended(tx, key)) throw amendmentOpen()
  if (motion.amendsId !== null && (body.place ?? 'room') !== 'room')
    throw unfit('amendment_in_room', '修正案在会场表决', 'place')
  const at = deps.clock.now()
  const by = personOf(actor)
  const arranged = await arrange(motion.rule, body, at)
  const { privateKey: _, ...how } = arranged
  await savePut(tx, key, how)
  await recordMotionEvent(tx, deps, key, 'put', { from: 'moved', to: 'open', by, at, record: how })
  await callBallot(tx, deps, meeting, key, arranged, by)
  return asNow(tx, key)
}

/** @throws AppError forbidden for who neither moved what would be amended nor presides; unprocessable when its mover is not there */
export const acceptAmendment = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor): Promise<MotionRow> => {
  const { meeting, motion } = await lockMoved(tx, deps, key, actor, 'accept')
  if (motion.amendsId === null) throw unfit('no_amendment', '这不是修正案')
  const main = await asNow(tx, { ...key, id: motion.amendsId })
  const by = personOf(actor)
  if (meeting.presiderId !== by && main.moverId !== by) throw new AppError('forbidden')
  if (main.moverId !== null && !(await isPresent(tx, meeting, main.moverId)))
    throw unfit('mover_not_present', '动议人已离会，请表决修正案')
  const at = deps.clock.now()
  await acceptRow(tx, key)
  await recordMotionEvent(tx, deps, key, 'accept', { from: 'moved', to: 'accepted', by, at })
  await applyAmendment(tx, deps, motion, by, at)
  return asNow(tx, key)
}
