import { type Body, type councilRoutes, splitPublicId } from '@tongxin/contract'
import { COUNCIL_RULES, type Count, tally, type VotingRule } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { Door } from '../issues/index.ts'
import { listWaiting } from './agenda.queries.ts'
import { arrange, callBallot } from './call-ballot.ts'
import { withdrawBallot } from './close-ballot.ts'
import { lockFor } from './lock-for.ts'
import { listAttendance, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import { assertProposalFits } from './motion-proposal.ts'
import { insertProposal } from './motion-proposals.queries.ts'
import { findMotion, insertMotion, listOpenMotions, type MotionRow, saveCount } from './motions.queries.ts'
import { sittingQuorum } from './quorum.ts'
import { recordMotionEvent } from './record-council-event.ts'

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
  if ((await listOpenMotions(tx, key)).some(({ place }) => place === 'room')) throw new AppError('motion_open')
  const issue = splitPublicId(body.issueId)
  const items = issue.communityCode === key.communityCode ? await listWaiting(tx, key) : []
  if (!items.some(({ issueId, state }) => issueId === issue.id && state === 'discussing'))
    throw invalid('item_not_discussed', 'issueId', '只能就本次会议正在议的事项提出表决')
  if (body.proposal) await assertProposalFits(tx, issue, body.proposal)
  const at = deps.clock.now()
  const by = personOf(actor)
  const { text, rule, proposes, proposal } = body
  const id = newId(at)
  const arranged = await arrange(tx, meeting, body, at)
  const { privateKey: _, ...how } = arranged
  const words = { text, rule, proposes }
  await insertMotion(
    tx,
    { communityCode: key.communityCode, id, meetingId: key.id, issueId: issue.id, ...words, ...how },
    by,
    at,
  )
  if (proposal) await insertProposal(tx, { ...key, id }, proposal)
  const { moverId, seconderId, ...published } = how
  await recordMotionEvent(tx, deps, { ...key, id }, 'propose', {
    from: null,
    to: 'open',
    by,
    at,
    record: { meetingId: key.id, issueId: body.issueId, ...words, ...published, proposal },
    personal: { moverId, seconderId },
  })
  await callBallot(tx, deps, meeting, { ...key, id }, arranged, by)
  const found = await findMotion(tx, { ...key, id })
  if (!found) throw new Error('A motion just proposed is not there')
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

const OWNERS_RULES: ReadonlySet<VotingRule> = new Set<VotingRule>(['owners_ordinary', 'owners_major'])

type Counted = Body<typeof councilRoutes.countMotion>
const sum = (shares: { for: number; against: number; abstain: number }) => shares.for + shares.against + shares.abstain

/** Those of the members who are there; the quorum of the sitting must stand while hands are counted. */
const presentMembers = async (tx: Tx, meeting: MeetingRow): Promise<number> => {
  const there = (await listAttendance(tx, meeting)).filter(({ leftAt }) => leftAt === null)
  const representatives = there.filter((one) => one.class === 'representative').length
  const partyMembers = there.filter((one) => one.class === 'party_member').length
  if (!sittingQuorum(meeting, { representatives, partyMembers }).reached) throw new AppError('no_quorum')
  return representatives + partyMembers
}

const councilCount = async (tx: Tx, meeting: MeetingRow, rule: VotingRule, body: Counted): Promise<Count> => {
  if (body.entitledHeads !== undefined)
    throw invalid('entitled_by_attendance', 'entitledHeads', '到会人数以签到为准，不必填写')
  if (body.area || body.entitledArea !== undefined) throw invalid('no_area', 'area', '议事会表决不计面积')
  const entitledHeads = await presentMembers(tx, meeting)
  const { sustainedObjections } = body
  if (rule !== 'consensus') return { heads: body, entitledHeads }
  if ((sustainedObjections ?? 0) > entitledHeads)
    throw invalid('more_than_present', 'sustainedObjections', '坚持异议的人数超过到会人数')
  return { heads: body, entitledHeads, sustainedObjections: sustainedObjections ?? body.against }
}

const writtenCount = (rule: VotingRule, body: Counted): Count => {
  const { area, entitledHeads, entitledArea } = body
  if (entitledHeads === undefined) throw invalid('entitled_needed', 'entitledHeads', '请填写有权表决的人数（户数）')
  if (!OWNERS_RULES.has(rule)) {
    if (area || entitledArea !== undefined) throw invalid('no_area', 'area', '户代表表决不计面积')
    return { heads: body, entitledHeads }
  }
  if (!area) throw invalid('area_needed', 'area', '业主表决须填写专有面积')
  if (!entitledArea) throw invalid('area_needed', 'entitledArea', '业主表决须填写专有部分总面积')
  if (sum(area) > entitledArea) throw invalid('area_exceeded', 'area', '表决的面积超过总面积')
  return { heads: body, area, entitledHeads, entitledArea }
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
  const count = COUNCIL_RULES.has(rule) ? await councilCount(tx, meeting, rule, body) : writtenCount(rule, body)
  if (sum(body) > count.entitledHeads)
    throw invalid('more_than_entitled', 'for', `赞成、反对、弃权合计超过有权表决的 ${count.entitledHeads} 人`)
  const { quorum, passed } = tally(rule, count)
  const by = personOf(actor)
  const at = deps.clock.now()
  await saveCount(tx, motion, count, { passed, by, at })
  const heads = { for: body.for, against: body.against, abstain: body.abstain }
  const record = { ...count, heads, quorum, passed }
  await recordMotionEvent(tx, deps, key, 'count', { from: 'open', to: passed ? 'passed' : 'failed', by, at, record })
  const counted = await findMotion(tx, key)
  if (!counted) throw new Error('A motion just counted is not there')
  return counted
}

export const withdrawMotion = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  reason: string,
): Promise<MotionRow> => {
  await withdrawBallot(tx, door, key, actor, reason)
  const withdrawn = await findMotion(tx, key)
  if (!withdrawn) throw new Error('A motion just withdrawn is not there')
  return withdrawn
}
