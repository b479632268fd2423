import {
  makePublicId,
  type OpenMatter,
  type OpinionMapView,
  type OwnStatement,
  type QueuedStatement,
  type StatementAnswer,
  type StatementView,
} from '@tongxin/contract'
import type { Posting } from '../council/index.ts'
import type { ReadStatement } from './answers.queries.ts'
import type { MapRow } from './opinion-map.queries.ts'
import type { OwnRow, StatementRow } from './statements.queries.ts'

const ANSWER_OF: Record<string, StatementAnswer> = { '1': 'agree', '-1': 'disagree', '0': 'pass' }

export const presentPosting = (
  communityCode: string,
  { meetingId, title, heldAt }: Posting,
): OpenMatter['meeting'] => ({
  meetingId: makePublicId(communityCode, meetingId),
  title,
  heldAt,
})

export const presentStatement = (
  communityCode: string,
  { id, text, version, mine, answer }: ReadStatement,
): StatementView => ({
  id: makePublicId(communityCode, id),
  text,
  version,
  mine,
  answer: answer === null ? null : (ANSWER_OF[answer] ?? null),
})

export const presentOwn = ({ communityCode, id, text, state, reason, raisedAt, answered }: OwnRow): OwnStatement => ({
  id: makePublicId(communityCode, id),
  text,
  state,
  reason,
  raisedAt,
  changeable: !answered,
})

/** Without its author: what is said is judged, not who says it. */
export const presentQueued = (row: StatementRow): QueuedStatement => {
  const { communityCode, id, text, state, reason, raisedAt, decidedAt, answers } = row
  return { id: makePublicId(communityCode, id), text, state, reason, raisedAt, decidedAt, answers }
}

/** @param texts of the statements accepted now: what was taken back since the map was drawn is left out */
export const presentMap = (
  communityCode: string,
  { computedAt, voters, answers, map, recordedAt, digest }: MapRow,
  texts: ReadonlyMap<string, string>,
): OpinionMapView => {
  const publicId = (id: string) => makePublicId(communityCode, id)
  const kept = (ids: readonly string[]) => ids.filter((id) => texts.has(id)).map(publicId)
  return {
    computedAt,
    voters,
    placed: map.placed,
    answers,
    silhouette: map.silhouette,
    groups: map.groups.map(({ number, size, x, y, spread, telling }) => ({
      letter: String.fromCharCode(65 + (number % 26)),
      size,
      x,
      y,
      spread,
      telling: telling.filter(({ id }) => texts.has(id)).map(({ id, side }) => ({ statementId: publicId(id), side })),
    })),
    statements: map.statements.flatMap(({ id, groups }) => {
      const text = texts.get(id)
      if (text === undefined) return []
      return [{ id: publicId(id), text, groups: groups.map(([agree, disagree, pass]) => ({ agree, disagree, pass })) }]
    }),
    shared: { agree: kept(map.shared.agree), disagree: kept(map.shared.disagree) },
    record: recordedAt !== null && digest !== null ? { recordedAt, digest } : null,
  }
}
