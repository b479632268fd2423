import {
  makePublicId,
  type SittingCandidate,
  type SittingItem,
  type SittingSummary,
  type SittingView,
} from '@tongxin/contract'
import { ACTIONS } from '@tongxin/lifecycle'
import type { Deps } from '../../deps.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'
import { maskedName, openName } from '../people/index.ts'
import { operationsOn, presides, type Standing } from './sittings.policy.ts'
import type { CandidateRow, ItemRow, MatterColumns, SittingRow, SummaryRow } from './sittings.queries.ts'

/** What the office wrote freely, for who only supervises without what identifies somebody. */
const textFor = <T extends string | null>(text: T, { manages }: Standing): T | string =>
  text === null || manages ? text : deIdentify(text).text

const titleFor = ({ title, publicTitle }: MatterColumns, { manages }: Standing): string | null => {
  if (manages) return title ?? publicTitle
  return publicTitle ?? (title === null ? null : deIdentify(title).text)
}

const presentMatter = (community: string, row: MatterColumns, standing: Standing, now: Date) => ({
  issueId: makePublicId(community, row.issueId),
  issueNumber: row.number,
  issueTitle: titleFor(row, standing),
  stage: row.stage as SittingItem['stage'],
  state: row.state,
  leadUnitId: row.leadUnitId,
  dueClock: row.dueClock as SittingItem['dueClock'],
  dueAt: row.dueAt,
  overdue: row.dueAt !== null && Date.parse(row.dueAt) < now.getTime(),
})

/** What whoever decided filled in, of what stands in public. */
const decisionOf = ({ action, eventSeq, record }: ItemRow): SittingItem['decision'] => {
  if (action === null || eventSeq === null) return null
  const fields = Object.entries(record ?? {}).filter(([name]) => Object.hasOwn(ACTIONS[action].fields, name))
  return { action, seq: eventSeq, fields: Object.fromEntries(fields) }
}

export const presentSitting = (
  cipher: Deps['cipher'],
  row: SittingRow,
  parts: { units: SittingView['units']; items: readonly ItemRow[] },
  standing: Standing,
  now: Date,
): SittingView => {
  const { communityCode, id, presiderId, presiderCipher, place, cancelReason, version, ...head } = row
  const presider = { id: presiderId, nameCipher: presiderCipher, phoneCipher: null }
  return {
    ...head,
    id: makePublicId(communityCode, id),
    place: textFor(place, standing),
    presider: {
      personId: presiderId,
      name: standing.manages ? openName(cipher, presider) : maskedName(cipher, presider),
    },
    presiding: presides(row, standing),
    units: parts.units,
    items: parts.items.map((item) => ({
      ...presentMatter(communityCode, item, standing, now),
      reason: item.reason,
      itemState: item.itemState,
      note: textFor(item.note, standing),
      decision: decisionOf(item),
    })),
    cancelReason: textFor(cancelReason, standing),
    operations: operationsOn(row, standing),
    version,
  }
}

export const presentCandidate = (
  community: string,
  row: CandidateRow,
  standing: Standing,
  now: Date,
): SittingCandidate => ({
  ...presentMatter(community, row, standing, now),
  reason: row.reason,
  comesBack: row.comesBack,
})

export const presentSummary = (
  { communityCode, id, place, ...rest }: SummaryRow,
  standing: Standing,
): SittingSummary => ({
  ...rest,
  id: makePublicId(communityCode, id),
  place: textFor(place, standing),
})
