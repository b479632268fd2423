import {
  makePublicId,
  type ObjectionView,
  RATER_GROUPS,
  type RaterGroup,
  type RatingSums,
  type RatingView,
  type RoundSums,
} from '@tongxin/contract'
import type { Cipher } from '../../personal-data/cipher.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'
import { maskName } from '../../personal-data/mask.ts'
import type { listAttachments } from '../attachments/index.ts'
import { maskedGivenName, type View } from '../issues/index.ts'
import { openName } from '../people/index.ts'
import type { AttemptRow, ObjectionRow, RatingRow, SumRow } from './evaluation-lists.queries.ts'

export interface EvaluationReader {
  view: View
  cipher: Cipher
  communityCode: string
  /** The matter's round now: what stayed open in an earlier one is not waited for any more. */
  round: number
  /** The notice period runs, in which an answer may be taken to the secretary. */
  reviewable: boolean
}

const OFFICE: ReadonlySet<View> = new Set<View>(['staff', 'supervisor', 'handler'])

/** Everybody's, not only one's own: those who work on the matter or oversee it. */
export const readsAll = (view: View): boolean => OFFICE.has(view)

/** A resident's own words: whole for staff and for whoever wrote them, de-identified for supervisors, for nobody else. */
export const wordsFor = (words: string | null, mine: boolean, view: View): string | null => {
  if (words === null || mine || view === 'staff') return words
  return view === 'supervisor' ? deIdentify(words).text : null
}

export const presentObjection = (
  row: ObjectionRow,
  { view, communityCode, round, reviewable }: EvaluationReader,
): ObjectionView => ({
  id: makePublicId(communityCode, row.id),
  round: row.round,
  madeAt: row.madeAt,
  dueAt: row.dueAt,
  state: row.state === 'open' && row.round < round ? 'superseded' : row.state,
  reviewOf: row.reviewOf === null ? null : makePublicId(communityCode, row.reviewOf),
  reason: wordsFor(row.reason, row.mine, view),
  answer: row.answer,
  upheld: row.upheld,
  answeredAt: row.answeredAt,
  mine: row.mine,
  reviewable:
    reviewable &&
    row.mine &&
    row.round === round &&
    row.state === 'answered' &&
    row.upheld === false &&
    row.reviewOf === null &&
    !row.reviewed,
})

export const nameOf = (
  row: Pick<RatingRow, 'personId' | 'nameCipher' | 'givenNameCipher'>,
  { cipher, communityCode }: Pick<EvaluationReader, 'cipher' | 'communityCode'>,
): string | null => {
  if (row.personId === null) return maskedGivenName(cipher, communityCode, row.givenNameCipher)
  const name = openName(cipher, { id: row.personId, nameCipher: row.nameCipher, phoneCipher: null })
  return name === null ? null : maskName(name)
}

export const presentAttempt = (row: AttemptRow, mine: boolean, view: View): RatingView['attempts'][number] => ({
  at: row.at,
  reached: row.reached,
  contacted: row.contacted,
  solved: row.solved,
  level: row.level,
  outcome: row.outcome,
  dueAt: row.dueAt,
  text: wordsFor(row.text, mine, view),
  followUp: row.followUp,
  scriptVersion: row.scriptVersion,
})

type PhotoRow = Awaited<ReturnType<typeof listAttachments>>[number]

export const presentRating = (
  row: RatingRow,
  attempts: readonly AttemptRow[],
  photos: readonly PhotoRow[],
  reader: EvaluationReader,
): RatingView => {
  const { view, cipher, communityCode, round } = reader
  const staff = view === 'staff'
  return {
    id: makePublicId(communityCode, row.id),
    round: row.round,
    ratedAt: row.ratedAt,
    level: row.level,
    contacted: row.contacted,
    solved: row.solved,
    reasons: row.reasons,
    comment: wordsFor(row.comment, row.mine, view),
    photos: photos
      .filter((photo) => photo.subjectSeq === row.eventSeq && !photo.erasedAt)
      .map((photo) => ({ id: makePublicId(communityCode, photo.id), hash: photo.contentHash })),
    group: row.raterGroup,
    byRaiser: row.raiserId !== null,
    raiserId: staff && row.raiserId !== null ? makePublicId(communityCode, row.raiserId) : null,
    personName: staff ? nameOf(row, reader) : null,
    helped: row.helperId !== null,
    helperName:
      staff && row.helperId !== null
        ? openName(cipher, { id: row.helperId, nameCipher: row.helperNameCipher, phoneCipher: null })
        : null,
    callBack: row.callBack === 'open' && row.round < round ? 'superseded' : row.callBack,
    callReason: row.callReason,
    callBackDueAt: row.callBackDueAt,
    followUpAt: row.followUpAt,
    callBackOutcome: row.callBackOutcome,
    attempts: attempts.filter((attempt) => attempt.ratingId === row.id).map((it) => presentAttempt(it, row.mine, view)),
    contest:
      row.contestState === null || row.contestReason === null || row.contestedAt === null
        ? null
        : {
            state: row.contestState,
            reason: row.contestReason,
            contestedAt: row.contestedAt,
            decisionReason: row.decisionReason,
            decidedAt: row.decidedAt,
          },
    setAside: row.setAside,
    mine: row.mine,
  }
}

const FIGURES = ['rated', 'l1', 'l2', 'l3', 'l4', 'l5', 'contacted', 'yes', 'partly', 'no'] as const
type Figures = Pick<SumRow, (typeof FIGURES)[number]>

const sum = (rows: readonly SumRow[]): Figures =>
  Object.fromEntries(FIGURES.map((name) => [name, rows.reduce((all, row) => all + row[name], 0)])) as Figures

const presentSum = (rows: readonly SumRow[], whole: boolean): RatingSums => {
  const { rated, l1, l2, l3, l4, l5, contacted, yes, partly, no } = sum(rows)
  return {
    rated,
    levels: whole ? { 1: l1, 2: l2, 3: l3, 4: l4, 5: l5 } : null,
    contacted: whole ? contacted : null,
    solved: whole ? { yes, partly, no } : null,
  }
}

const presentRound = (rows: readonly SumRow[], round: number, whole: boolean): RoundSums => {
  const of = rows.filter((row) => row.round === round)
  const own = of.filter(({ helped }) => !helped)
  const groups = Object.keys(RATER_GROUPS).map((group) => [
    group,
    presentSum(
      own.filter((row) => row.group === group),
      whole,
    ),
  ])
  return {
    round,
    own: presentSum(own, whole),
    groups: Object.fromEntries(groups) as Record<RaterGroup, RatingSums>,
    helped: presentSum(
      of.filter(({ helped }) => helped),
      whole,
    ),
  }
}

/**
 * The last round counts, the first is kept and shown beside it.
 * @param whole false where a private matter's few ratings would tell what one neighbour thought
 */
export const presentSums = (
  rows: readonly SumRow[],
  round: number,
  whole: boolean,
): { sums: RoundSums; first: RoundSums | null } => {
  const first = Math.min(...rows.map((row) => row.round))
  return {
    sums: presentRound(rows, round, whole),
    first: first < round ? presentRound(rows, first, whole) : null,
  }
}
