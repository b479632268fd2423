import { makePublicId, splitPublicId } from '@tongxin/contract'
import { addSpan } from '@tongxin/lifecycle'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import type { Decided, IssueKey, Stage } from '../issues/index.ts'
import { concludes } from './conclude.ts'
import {
  answerObjection,
  concludeCallBack,
  decideContest,
  findJudged,
  findObjection,
  findRaiserId,
  findRating,
  insertAttempt,
  insertContest,
  insertObjection,
  insertRating,
  isRaiserOf,
} from './evaluation.queries.ts'

/** The id within this community; null for another's, which is not even looked up. */
const idIn = (key: IssueKey, publicId: unknown): string | null => {
  if (typeof publicId !== 'string') return null
  const { communityCode, id } = splitPublicId(publicId)
  return communityCode === key.communityCode ? id : null
}

const named = (key: IssueKey, publicId: unknown): string => {
  const id = idIn(key, publicId)
  if (id === null) throw new Error('The rules let an action through that names nothing here')
  return id
}

const dueIn = async (deps: Deps, { key, now }: Decided, of: 'objection' | 'call_back'): Promise<Date> => {
  const policy = await deps.directory.policies.policyFor(key.communityCode, now)
  const workingDays = of === 'objection' ? policy.objection_working_days : policy.call_back_working_days
  return addSpan(now, { workingDays }, policy.calendar)
}

/** What the public's judgement of a matter is, and what is kept of it as the matter moves. */
export const evaluationStage: Stage = {
  facts: {
    judged: async (tx, { key, issue, payload, personId }) => {
      const helped = payload.onBehalfOf !== undefined
      const raiserId = helped ? idIn(key, payload.onBehalfOf) : await findRaiserId(tx, key, personId)
      return findJudged(tx, key, issue.round, { raiserId, personId: helped ? null : personId })
    },
    objection: async (tx, { key, issue, payload, personId }) => {
      const id = idIn(key, payload.objectionId ?? payload.reviewOf)
      const found = id === null ? undefined : await findObjection(tx, key, id, personId)
      if (found?.round !== issue.round) return { open: false, review: false, mine: false, reviewed: false, at: null }
      const { review, mine, reviewed, at } = found
      return { open: found.state === 'open', review, mine, reviewed, at: new Date(at) }
    },
    rating: async (tx, { key, issue, payload, now }) => {
      const id = idIn(key, payload.ratingId)
      const found = id === null ? undefined : await findRating(tx, key, id, now)
      const current = found !== undefined && found.round === issue.round
      return {
        bad: current && found.level <= 2,
        open: current && found.callBack === 'open',
        contested: found?.contest != null,
        openContest: current && found.contest === 'open',
        helpedBy: found?.helperId ?? null,
        concludes: current && concludes(payload.reached, found),
        at: found ? new Date(found.at) : null,
      }
    },
  },
  effects: {
    object: async (tx, decided, deps) => {
      const { key, issue, payload, personId, now, seq } = decided
      const id = newId(now)
      const raiserId = await findRaiserId(tx, key, personId)
      const dueAt = await dueIn(deps, decided, 'objection')
      await insertObjection(tx, key, {
        id,
        round: issue.round,
        eventSeq: seq,
        personId: raiserId === null ? personId : null,
        raiserId,
        at: now,
        dueAt,
        reviewOf: idIn(key, payload.reviewOf),
      })
      return { record: { objectionId: makePublicId(key.communityCode, id), objectionDueAt: dueAt } }
    },
    answer_objection: async (tx, { key, payload, personId, now }) => {
      await answerObjection(tx, key, named(key, payload.objectionId), {
        answer: String(payload.answer),
        upheld: payload.upheld === true,
        by: personId,
        at: now,
      })
      return undefined
    },
    evaluate: async (tx, decided, deps) => {
      const { key, issue, payload, personId, now, seq } = decided
      const helped = payload.onBehalfOf !== undefined
      const raiserId = helped ? idIn(key, payload.onBehalfOf) : await findRaiserId(tx, key, personId)
      if (helped && (raiserId === null || !(await isRaiserOf(tx, key, raiserId)))) {
        const errors = [{ path: 'body.onBehalfOf', message: '没有这位提出人' }]
        throw new AppError('unprocessable', { reason: 'unknown_raiser', errors })
      }
      const id = newId(now)
      const calledBack = Number(payload.level) <= 2 || helped
      const callBackDueAt = calledBack ? await dueIn(deps, decided, 'call_back') : null
      await insertRating(tx, key, {
        id,
        round: issue.round,
        eventSeq: seq,
        personId: raiserId === null ? personId : null,
        raiserId,
        helperId: helped ? personId : null,
        level: Number(payload.level),
        contacted: payload.contacted === true,
        solved: String(payload.solved),
        at: now,
        callBackDueAt,
      })
      return { record: { ratingId: makePublicId(key.communityCode, id), ...(callBackDueAt && { callBackDueAt }) } }
    },
    call_back: async (tx, { key, payload, personId, now, seq }) => {
      const id = named(key, payload.ratingId)
      const before = await findRating(tx, key, id, now)
      if (!before) throw new Error('The rules let a call-back through to no rating')
      await insertAttempt(tx, key, id, {
        attempt: before.attempts + 1,
        eventSeq: seq,
        at: now,
        by: personId,
        answers: payload,
      })
      if (concludes(payload.reached, before)) {
        await concludeCallBack(tx, key, id, payload.reached ? (payload.callBackOutcome as 'upheld') : 'unreached', now)
      }
      return undefined
    },
    contest_rating: async (tx, { key, payload, personId, now }) => {
      await insertContest(tx, key, named(key, payload.ratingId), {
        by: personId,
        at: now,
        reason: String(payload.reason),
      })
      return undefined
    },
    decide_contest: async (tx, { key, payload, personId, now }) => {
      const id = named(key, payload.ratingId)
      const upheld = payload.upheld === true
      await decideContest(tx, key, id, { upheld, by: personId, at: now, reason: String(payload.reason) })
      if (upheld) await concludeCallBack(tx, key, id, 'set_aside', now)
      return undefined
    },
  },
}
