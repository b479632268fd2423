import { CALL_BACK_SCRIPT_VERSION, makePublicId, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Decided, IssueKey, Stage } from '../issues/index.ts'
import { answerDue } from './answer-due.ts'
import {
  concludeCallBack,
  countCallsOwed,
  dropCall,
  dropCallsOfRound,
  findRating,
  insertAttempt,
  oweCall,
} from './call-backs.queries.ts'
import { concludes } from './conclude.ts'
import {
  answerObjection,
  decideContest,
  findJudged,
  findObjection,
  findRaiserId,
  insertContest,
  insertObjection,
} from './evaluation.queries.ts'
import { rate } from './rate.ts'

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

const attempt = (tx: Tx, { key, payload, personId, action, now, seq }: Decided, ratingId: string, number: number) =>
  insertAttempt(tx, key, ratingId, {
    attempt: number,
    eventSeq: seq,
    at: now,
    by: personId,
    answers: payload,
    followUp: action === 'follow_up',
    scriptVersion: CALL_BACK_SCRIPT_VERSION,
  })

const overIfAnotherRound = async (tx: Tx, { key, issue, after }: Decided): Promise<undefined> => {
  if (after.round !== issue.round) await dropCallsOfRound(tx, key)
}

/** What the public's judgement of a matter is, and what is kept of it as the matter moves. */
export const evaluationStage: Stage = {
  facts: {
    judged: async (tx, { key, issue, payload, personId }) => {
      const helped = payload.onBehalfOf !== undefined
      const raiserId = helped ? idIn(key, payload.onBehalfOf) : await findRaiserId(tx, key, personId)
      return findJudged(tx, key, issue.round, { raiserId, personId: helped ? null : personId })
    },
    objection: async (tx, { key, issue, payload, personId, now }) => {
      const id = idIn(key, payload.objectionId ?? payload.reviewOf)
      const found = id === null ? undefined : await findObjection(tx, key, id, personId, issue.submittedBy, now)
      if (found?.round !== issue.round)
        return {
          open: false,
          review: false,
          mine: false,
          reviewed: false,
          ofSecretary: false,
          firstAnsweredBy: null,
          at: null,
        }
      const { state, round: _, at, ...rest } = found
      return { ...rest, open: state === 'open', at: new Date(at) }
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
        ratedBy: found?.ratedBy ?? null,
        helpedBy: found?.helperId ?? null,
        contestedBy: found?.contestedBy ?? null,
        sampled: found?.callReason === 'sampled',
        // Of whatever round: the date that was promised stands.
        followUp: found?.followUp === true,
        concludes: current && concludes(payload.reached, found),
        at: found ? new Date(found.at) : null,
      }
    },
    calls: (tx, { key }) => countCallsOwed(tx, key),
  },
  effects: {
    object: async (tx, decided, deps) => {
      const { key, issue, payload, personId, now, seq } = decided
      const id = newId(now)
      const raiserId = await findRaiserId(tx, key, personId)
      const dueAt = await answerDue(deps, key, now, 'objection')
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
    evaluate: rate,
    call_back: async (tx, decided) => {
      const { key, payload, now } = decided
      const id = named(key, payload.ratingId)
      const before = await findRating(tx, key, id, now)
      if (!before) throw new Error('The rules let a call-back through to no rating')
      await attempt(tx, decided, id, before.attempts + 1)
      if (concludes(payload.reached, before)) {
        const outcome = payload.reached ? (payload.callBackOutcome as 'upheld') : 'unreached'
        await concludeCallBack(tx, key, id, outcome, now)
        // What was registered comes back to the desk on its date.
        if (outcome === ('registered' as string))
          await oweCall(tx, key, id, { reason: 'registered', dueAt: new Date(String(payload.dueAt)) })
        else await dropCall(tx, key, id)
      }
      return { record: { scriptVersion: CALL_BACK_SCRIPT_VERSION } }
    },
    follow_up: async (tx, decided) => {
      const { key, payload, now } = decided
      const id = named(key, payload.ratingId)
      const before = await findRating(tx, key, id, now)
      await attempt(tx, decided, id, (before?.attempts ?? 0) + 1)
      if (payload.reached === true && payload.solved === 'yes') await dropCall(tx, key, id)
      else await oweCall(tx, key, id, { reason: 'registered', dueAt: new Date(String(payload.dueAt)) })
      return { record: { scriptVersion: CALL_BACK_SCRIPT_VERSION } }
    },
    rectify: overIfAnotherRound,
    recall: overIfAnotherRound,
    appeal: overIfAnotherRound,
    reopen: overIfAnotherRound,
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
      if (upheld) {
        await concludeCallBack(tx, key, id, 'set_aside', now)
        await dropCall(tx, key, id)
      }
      return undefined
    },
  },
}
