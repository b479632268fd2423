import { type CallReason, makePublicId, type RaterGroup, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { hasSeat } from '../council/index.ts'
import type { Decided } from '../issues/index.ts'
import { answerDue } from './answer-due.ts'
import { oweCall } from './call-backs.queries.ts'
import { isDrawn } from './draw-sample.ts'
import { findRaiserId, hasEndorsed, insertRating, isRaiserOf } from './evaluation.queries.ts'

/** One group for each: who raised the matter is counted as that, whatever else they are. */
const groupOf = async (tx: Tx, deps: Deps, { key, personId, now }: Decided, raiser: boolean): Promise<RaterGroup> => {
  if (raiser) return 'raiser'
  if (personId === null) return 'resident'
  if (await hasEndorsed(tx, key, personId)) return 'endorser'
  const tree = await deps.directory.regions.tree()
  return (await hasSeat(tx, tree, key.communityCode, personId, now)) ? 'council' : 'resident'
}

const raiserOf = async (tx: Tx, { key, payload, personId }: Decided, helped: boolean): Promise<string | null> => {
  if (!helped) return findRaiserId(tx, key, personId)
  const { communityCode, id } = splitPublicId(String(payload.onBehalfOf))
  if (communityCode === key.communityCode && (await isRaiserOf(tx, key, id))) return id
  const errors = [{ path: 'body.onBehalfOf', message: '没有这位提出人' }]
  throw new AppError('unprocessable', { reason: 'unknown_raiser', errors })
}

/** A bad and a helped rating is called back soon; one that was drawn within the evaluation period, so that what it finds is put right. */
const callFor = async (deps: Deps, { key, now, after }: Decided, reason: CallReason | null) => {
  if (reason === null) return null
  const soon = await answerDue(deps, key, now, 'call_back')
  const { evaluationEndsAt } = after
  const dueAt = reason === 'sampled' && evaluationEndsAt !== null && evaluationEndsAt > soon ? evaluationEndsAt : soon
  return { reason, dueAt }
}

/** Keeps one rating, with the group it counts in, and puts the call it asks for on the desk. */
export const rate = async (tx: Tx, decided: Decided, deps: Deps) => {
  const { key, issue, payload, personId, now, seq } = decided
  const helped = payload.onBehalfOf !== undefined
  const raiserId = await raiserOf(tx, decided, helped)
  const [group, policy] = await Promise.all([
    groupOf(tx, deps, decided, raiserId !== null),
    deps.directory.policies.policyFor(key.communityCode, now),
  ])
  const id = newId(now)
  const ratingId = makePublicId(key.communityCode, id)
  const level = Number(payload.level)
  const must = level <= 2 ? 'bad' : helped ? 'helped' : null
  const percent = policy.sampled_call_back_percent
  const call = await callFor(deps, decided, must ?? (isDrawn(ratingId, percent) ? 'sampled' : null))
  await insertRating(tx, key, {
    id,
    round: issue.round,
    eventSeq: seq,
    personId: raiserId === null ? personId : null,
    raiserId,
    helperId: helped ? personId : null,
    level,
    contacted: payload.contacted === true,
    solved: String(payload.solved),
    group,
    reasons: (payload.reasons as string[] | undefined) ?? [],
    at: now,
    call,
  })
  if (call) await oweCall(tx, key, id, call)
  return {
    record: {
      ratingId,
      group,
      ...(must === null ? { samplePercent: percent } : {}),
      ...(call && { callBackDueAt: call.dueAt }),
    },
  }
}
