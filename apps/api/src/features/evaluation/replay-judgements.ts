import { CALL_RANKS, type OwedReason, splitPublicId } from '@tongxin/contract'
import { instantOf, type Made, type Replayed, type ReplayedKind, rowsOf, UNKNOWN } from '../../evidence/replay.ts'
import { concludes, localDay } from './conclude.ts'
import { isDrawn } from './draw-sample.ts'

const idOf = (publicId: unknown): string | null => (typeof publicId === 'string' ? splitPublicId(publicId).id : null)
const byId = (made: Made[], publicId: unknown): Made | undefined => made.find(({ id }) => id === idOf(publicId))
const placeById = ({ id }: Made): string => String(id)

/** The objections of a matter as its events make them. */
export const replayedObjections: ReplayedKind = {
  name: 'objections',
  rows: rowsOf('objections', 'x.issue_id = c.id', {
    id: 'id',
    round: 'round',
    eventSeq: 'event_seq',
    madeAt: 'made_at',
    dueAt: 'due_at',
    state: 'state',
    answer: 'answer',
    upheld: 'upheld',
    answeredBy: 'answered_by',
    answeredAt: 'answered_at',
    reviewOf: 'review_of',
  }),
  replay: (made, event) => {
    const { action, record, at } = event
    if (action === 'object')
      made.push({
        id: idOf(record.objectionId),
        round: event.before?.round,
        eventSeq: event.seq,
        madeAt: at,
        dueAt: record.objectionDueAt ?? UNKNOWN,
        state: 'open',
        answer: null,
        upheld: null,
        answeredBy: null,
        answeredAt: null,
        reviewOf: idOf(record.reviewOf),
      })
    if (action === 'answer_objection')
      Object.assign(byId(made, record.objectionId) ?? {}, {
        state: 'answered',
        answer: record.answer,
        upheld: record.upheld === true,
        answeredBy: event.named('actorId'),
        answeredAt: at,
      })
  },
  place: placeById,
}

/** Why the rating that this event gives is called back: drawn anew from what the record says of it. */
const callReason = ({ record }: Replayed): 'bad' | 'helped' | 'sampled' | null => {
  if (Number(record.level) <= 2) return 'bad'
  if (record.onBehalfOf !== undefined) return 'helped'
  return isDrawn(String(record.ratingId), Number(record.samplePercent ?? 0)) ? 'sampled' : null
}

const textArray = (values: unknown): string => `{${((values ?? []) as string[]).join(',')}}`

const rate = (event: Replayed): Made => {
  const { record, at, seq, before, named } = event
  const helped = record.onBehalfOf !== undefined
  const reason = callReason(event)
  const calledBack = reason !== null
  return {
    id: idOf(record.ratingId),
    round: before?.round,
    eventSeq: seq,
    helperId: helped ? named('actorId') : null,
    level: record.level,
    contacted: record.contacted === true,
    solved: record.solved,
    ratedAt: at,
    raterGroup: record.group ?? UNKNOWN,
    reasons: textArray(record.reasons),
    callReason: reason,
    callBack: calledBack ? 'open' : 'none',
    // Written into the event only since it can be told again.
    callBackDueAt: calledBack ? (record.callBackDueAt ?? UNKNOWN) : null,
    callBackOutcome: null,
    concludedAt: null,
    setAside: false,
  }
}

const conclude = (rating: Made | undefined, outcome: unknown, at: string): void => {
  if (rating?.callBack === 'open')
    Object.assign(rating, { callBack: 'concluded', callBackOutcome: outcome, concludedAt: at })
}

const ATTEMPTS = 'call_back_attempts'

/** Whether this event ends the call-back, given the attempts before it. */
const ends = ({ record, at }: Replayed, attempts: readonly Made[]): boolean => {
  const failed = attempts.filter(
    (each) => each.ratingId === idOf(record.ratingId) && each.reached !== true && each.followUp !== true,
  )
  const days = new Set(failed.map((each) => localDay(new Date(String(each.at)))))
  days.delete(localDay(new Date(at)))
  return concludes(record.reached, { failures: failed.length, otherDays: days.size })
}

/** The ratings of a matter as its events make them, with what call-backs and contests did to them; before its attempts. */
export const replayedRatings: ReplayedKind = {
  name: 'ratings',
  rows: rowsOf('ratings', 'x.issue_id = c.id', {
    id: 'id',
    round: 'round',
    eventSeq: 'event_seq',
    helperId: 'helper_id',
    level: 'level',
    contacted: 'contacted',
    solved: 'solved',
    ratedAt: 'rated_at',
    raterGroup: 'rater_group',
    reasons: 'reasons::text',
    callReason: 'call_reason',
    callBack: 'call_back',
    callBackDueAt: 'call_back_due_at',
    callBackOutcome: 'call_back_outcome',
    concludedAt: 'concluded_at',
    setAside: 'set_aside',
  }),
  replay: (made, event, of) => {
    const { action, record, at } = event
    if (action === 'evaluate') made.push(rate(event))
    const rating = byId(made, record.ratingId)
    if (action === 'call_back' && ends(event, of(ATTEMPTS)))
      conclude(rating, record.reached ? record.callBackOutcome : 'unreached', at)
    if (action === 'decide_contest' && record.upheld === true && rating) {
      rating.setAside = true
      conclude(rating, 'set_aside', at)
    }
  },
  place: placeById,
}

/** Each attempt to reach a rater, as the events make them. */
export const replayedAttempts: ReplayedKind = {
  name: ATTEMPTS,
  rows: rowsOf(ATTEMPTS, 'x.issue_id = c.id', {
    ratingId: 'rating_id',
    attempt: 'attempt',
    eventSeq: 'event_seq',
    at: 'at',
    by: 'by',
    reached: 'reached',
    contacted: 'contacted',
    solved: 'solved',
    level: 'level',
    outcome: 'outcome',
    dueAt: 'due_at',
    followUp: 'follow_up',
    scriptVersion: 'script_version',
  }),
  replay: (made, { action, record, at, seq, named }) => {
    if (action !== 'call_back' && action !== 'follow_up') return
    const ratingId = idOf(record.ratingId)
    made.push({
      ratingId,
      attempt: made.filter((each) => each.ratingId === ratingId).length + 1,
      eventSeq: seq,
      at,
      by: named('actorId'),
      reached: record.reached,
      contacted: record.contacted ?? null,
      solved: record.solved ?? null,
      level: record.level ?? null,
      outcome: record.reached ? (record.callBackOutcome ?? null) : null,
      dueAt: instantOf(record.dueAt),
      followUp: action === 'follow_up',
      scriptVersion: record.scriptVersion ?? UNKNOWN,
    })
  },
  place: ({ ratingId, attempt }) => `${ratingId} ${String(attempt).padStart(6, '0')}`,
}

/** The calls that are owed now, as the events leave them; before the attempts they are counted by. */
export const replayedCalls: ReplayedKind = {
  name: 'calls_owed',
  rows: rowsOf('calls_owed', 'x.issue_id = c.id', { id: 'rating_id', reason: 'reason', rank: 'rank', dueAt: 'due_at' }),
  replay: (made, event, of) => {
    const { action, record, before, after } = event
    const keep = (wanted: (call: Made) => boolean) => made.splice(0, made.length, ...made.filter(wanted))
    const owe = (reason: OwedReason, dueAt: unknown) =>
      made.push({ id: idOf(record.ratingId), reason, rank: CALL_RANKS[reason], dueAt })
    const others = (call: Made) => call.id !== idOf(record.ratingId)
    if (action === 'evaluate') {
      const reason = callReason(event)
      if (reason) owe(reason, record.callBackDueAt ?? UNKNOWN)
    }
    if (action === 'call_back' && ends(event, of(ATTEMPTS))) {
      keep(others)
      if (record.reached === true && record.callBackOutcome === 'registered') owe('registered', instantOf(record.dueAt))
    }
    if (action === 'follow_up') {
      keep(others)
      if (record.reached !== true || record.solved !== 'yes') owe('registered', instantOf(record.dueAt))
    }
    if (action === 'decide_contest' && record.upheld === true) keep(others)
    if (before !== null && after?.round !== before.round) keep((call) => call.reason === 'registered')
  },
  place: placeById,
}

/** The contests of ratings as the events make them. */
export const replayedContests: ReplayedKind = {
  name: 'rating_contests',
  rows: rowsOf('rating_contests', 'x.issue_id = c.id', {
    id: 'rating_id',
    contestedBy: 'contested_by',
    contestedAt: 'contested_at',
    reason: 'reason',
    state: 'state',
    decidedBy: 'decided_by',
    decidedAt: 'decided_at',
    decisionReason: 'decision_reason',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action === 'contest_rating')
      made.push({
        id: idOf(record.ratingId),
        contestedBy: named('actorId'),
        contestedAt: at,
        reason: record.reason,
        state: 'open',
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
      })
    if (action === 'decide_contest')
      Object.assign(byId(made, record.ratingId) ?? {}, {
        state: record.upheld === true ? 'upheld' : 'rejected',
        decidedBy: named('actorId'),
        decidedAt: at,
        decisionReason: record.reason,
      })
  },
  place: placeById,
}
