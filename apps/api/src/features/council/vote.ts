import type { Body, councilRoutes } from '@tongxin/contract'
import { type Count, tally, type VotingRule } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { Door } from '../issues/index.ts'
import { applyAmendment } from './apply-amendment.ts'
import { arrange, callBallot, checkMovers } from './call-ballot.ts'
import { withdrawBallot } from './close-ballot.ts'
import { lockFor } from './lock-for.ts'
import { listAttendance, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import { findMotion, type MotionRow, saveCount } from './motions.queries.ts'
import { countClasses, sittingQuorum } from './quorum.ts'
import { recordMotionEvent } from './record-council-event.ts'
import { writeMotion } from './write-motion.ts'

const invalid = (reason: string, field: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${field}`, message }] })

/** @throws AppError motion_open; unprocessable for a matter not being deliberated here */
export const proposeMotion = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  body: Body<typeof councilRoutes.proposeMotion>,
): Promise<MotionRow> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'propose')
  const at = deps.clock.now()
  const by = personOf(actor)
  await checkMovers(tx, meeting, body)
  const arranged = await arrange(body.rule, body, at)
  const { privateKey: _, ...how } = arranged
  const movers = { moverId: body.moverId ?? null, seconderId: body.seconderId ?? null }
  const state = body.hold ? ('moved' as const) : ('open' as const)
  const motion = await writeMotion(tx, deps, meeting, { ...body, ...how, ...movers, state }, by, at)
  if (state === 'open') await callBallot(tx, deps, meeting, motion, arranged, by)
  return reread(tx, motion)
}

const reread = async (tx: Tx, key: MeetingKey): Promise<MotionRow> => {
  const found = await findMotion(tx, key)
  if (!found) throw new Error('A motion just written is not there')
  return found
}

/** Locks the meeting a motion belongs to, and the motion with it. @throws AppError not_found, motion_closed */
const lockMotion = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor) => {
  const known = await findMotion(tx, key)
  if (!known) throw new AppError('not_found')
  const { meeting } = await lockFor(tx, deps, { ...key, id: known.meetingId }, actor, 'count')
  const motion = await findMotion(tx, key)
  if (motion?.state !== 'open') throw new AppError('motion_closed')
  if (motion.method !== 'hands')
    throw new AppError('unprocessable', {
      reason: 'counted_by_ballots',
      detail: '投票表决按所投的票计票，不能登记人数',
    })
  return { meeting, motion }
}

type Counted = Body<typeof councilRoutes.countMotion>
const sum = (shares: { for: number; against: number; abstain: number }) => shares.for + shares.against + shares.abstain

/** Those of the members who are there; the quorum of the sitting must stand while hands are counted. */
const presentMembers = async (tx: Tx, meeting: MeetingRow): Promise<number> => {
  const there = (await listAttendance(tx, meeting)).filter(({ leftAt }) => leftAt === null)
  if (!sittingQuorum(meeting, countClasses(there)).reached) throw new AppError('no_quorum')
  return there.filter((one) => one.class !== 'staff').length
}

const councilCount = async (tx: Tx, meeting: MeetingRow, rule: VotingRule, body: Counted): Promise<Count> => {
  const entitledHeads = await presentMembers(tx, meeting)
  const { sustainedObjections } = body
  if (rule !== 'consensus') return { heads: body, entitledHeads }
  if ((sustainedObjections ?? 0) > entitledHeads)
    throw invalid('more_than_present', 'sustainedObjections', '坚持异议的人数超过到会人数')
  return { heads: body, entitledHeads, sustainedObjections: sustainedObjections ?? body.against }
}

/**
 * The sums as they were seen, and by its rule whether the motion passed.
 * @throws AppError no_quorum for a show of hands without one; unprocessable when the sums do not fit who is entitled
 */
export const countMotion = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  body: Counted,
): Promise<MotionRow> => {
  const { meeting, motion } = await lockMotion(tx, deps, key, actor)
  const { rule } = motion
  const count = await councilCount(tx, meeting, rule, body)
  if (sum(body) > count.entitledHeads)
    throw invalid('more_than_entitled', 'for', `赞成、反对、弃权合计超过有权表决的 ${count.entitledHeads} 人`)
  const { quorum, passed } = tally(rule, count)
  const by = personOf(actor)
  const at = deps.clock.now()
  await saveCount(tx, motion, count, { passed, by, at })
  const heads = { for: body.for, against: body.against, abstain: body.abstain }
  const record = { ...count, heads, quorum, passed }
  await recordMotionEvent(tx, deps, key, 'count', { from: 'open', to: passed ? 'passed' : 'failed', by, at, record })
  if (passed) await applyAmendment(tx, deps, motion, by, at)
  return reread(tx, key)
}

export const withdrawMotion = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  body: Body<typeof councilRoutes.withdrawMotion>,
): Promise<MotionRow> => {
  await withdrawBallot(tx, door, key, actor, body)
  return reread(tx, key)
}
