import { makePublicId, type OrderState, type WorkOrder } from '@tongxin/contract'
import { deIdentify } from '../../personal-data/de-identify.ts'
import type { OrderRow } from './office.queries.ts'

export interface OrderReader {
  /** Those the reader handles for. */
  units: readonly string[]
  /** The raisers' own words are not for this reader. */
  masked: boolean
  now: Date
}

/** What was taken from a unit, or never theirs to do, is told to it as to the public. */
const GIVEN_UP: ReadonlySet<OrderState> = new Set<OrderState>(['returned', 'replaced', 'waived'])

const titleFor = (
  { publicTitle, title, state, unitId }: OrderRow,
  { masked, units }: Omit<OrderReader, 'now'>,
): string | null => {
  if (!masked) return title ?? publicTitle
  if (GIVEN_UP.has(state) && units.includes(unitId)) return publicTitle
  return publicTitle ?? (title === null ? null : deIdentify(title).text)
}

export const presentOrder = (row: OrderRow, { units, masked, now }: OrderReader): WorkOrder => ({
  id: makePublicId(row.communityCode, row.id),
  issueId: makePublicId(row.communityCode, row.issueId),
  issueNumber: row.issueNumber,
  issueTitle: titleFor(row, { units, masked }),
  round: row.round,
  unitId: row.unitId,
  unitName: row.unitName,
  role: row.role,
  state: row.state,
  task: row.task,
  dueAt: row.dueAt,
  overdue: row.state === 'open' && new Date(row.dueAt) < now,
  madeAt: row.madeAt,
  endedAt: row.endedAt,
  result: row.result,
  mine: units.includes(row.unitId),
})
