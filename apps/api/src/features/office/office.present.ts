import { type Answerable, makePublicId, type OrderSheet, type OrderState, type WorkOrder } from '@tongxin/contract'
import type { Policy } from '@tongxin/lifecycle'
import type { Cipher } from '../../personal-data/cipher.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'
import type { Readable } from '../issues/index.ts'
import { openName } from '../people/index.ts'
import type { OrderRow } from './orders.queries.ts'

export interface OrderReader {
  /** Those the reader handles for. */
  units: readonly string[]
  /** The raisers' own words are not for this reader. */
  masked: boolean
  /** Names of handlers are for the community's staff, and for the unit's own people. */
  staff: boolean
  personId: string | null
  now: Date
}

/** What was taken from a unit, or never theirs to do, is told to it as to the public. */
const GIVEN_UP: ReadonlySet<OrderState> = new Set<OrderState>(['returned', 'replaced', 'waived'])

const titleFor = (
  { publicTitle, title, state, unitId }: OrderRow,
  { masked, units }: Pick<OrderReader, 'masked' | 'units'>,
): string | null => {
  if (!masked) return title ?? publicTitle
  if (GIVEN_UP.has(state) && units.includes(unitId)) return publicTitle
  return publicTitle ?? (title === null ? null : deIdentify(title).text)
}

const handlerNameFor = (row: OrderRow, cipher: Cipher, { staff, units }: OrderReader): string | null => {
  if (row.handlerId === null || !(staff || units.includes(row.unitId))) return null
  return openName(cipher, { id: row.handlerId, nameCipher: row.handlerName, phoneCipher: null })
}

export const presentOrder = (row: OrderRow, cipher: Cipher, reader: OrderReader): WorkOrder => ({
  id: makePublicId(row.communityCode, row.id),
  issueId: makePublicId(row.communityCode, row.issueId),
  issueNumber: row.issueNumber,
  issueTitle: titleFor(row, reader),
  round: row.round,
  unitId: row.unitId,
  unitName: row.unitName,
  role: row.role,
  state: row.state,
  task: row.task,
  dueAt: row.dueAt,
  signDueAt: row.signDueAt,
  signedAt: row.signedAt,
  firstDueAt: row.firstDueAt,
  overdue: row.state === 'open' && !row.held && new Date(row.firstDueAt) < reader.now,
  held: row.held,
  designated: row.designated,
  extensionAskedFor: row.extensionAskedFor,
  handlerName: handlerNameFor(row, cipher, reader),
  inMyHands: row.handlerId !== null && row.handlerId === reader.personId,
  madeAt: row.madeAt,
  endedAt: row.endedAt,
  result: row.result,
  mine: reader.units.includes(row.unitId),
  hasHandlers: row.hasHandlers,
})

/** On paper: the words as the unit reads them, also where staff print them. */
export const presentSheet = (
  { issue }: Readable['row'],
  row: OrderRow,
  others: readonly OrderRow[],
  cipher: Cipher,
  reader: OrderReader,
): OrderSheet => {
  const order = presentOrder(row, cipher, { ...reader, masked: true })
  const text = issue.publicText ?? (issue.body === null ? null : deIdentify(issue.body).text)
  return {
    order,
    title: order.issueTitle,
    text: GIVEN_UP.has(row.state) ? issue.publicText : text,
    kind: issue.kind,
    urgency: issue.urgency,
    categoryCode: issue.categoryCode,
    gridCode: issue.gridCode,
    buildingCode: issue.buildingCode,
    others: others.map(({ unitId, unitName, role, task, dueAt }) => ({ unitId, unitName, role, task, dueAt })),
  }
}

/**
 * Who answers for the matter now: the lead that signed last, and before anybody signed the one that received it first, also after
 * it returned it. Null before the first dispatch.
 */
export const answerableOf = (rows: readonly OrderRow[]): Answerable | null => {
  const leads = rows.filter(({ role }) => role === 'lead').toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
  const signed = leads
    .filter(({ signedAt }) => signedAt !== null)
    .toSorted((a, b) => (String(a.signedAt) < String(b.signedAt) ? -1 : 1))
  const found = signed.at(-1) ?? leads[0]
  return found ? { unitId: found.unitId, unitName: found.unitName, signed: signed.length > 0 } : null
}

/** Whether the matter waits for the secretary to name the unit: the lead's order was returned as often in this round as it may be. */
export const isDisputed = ({ issue }: Readable['row'], rows: readonly OrderRow[], policy: Policy): boolean => {
  const returned = rows.filter(
    ({ role, state, round }) => role === 'lead' && state === 'returned' && round === issue.round,
  )
  return issue.leadUnitId === null && returned.length >= policy.returns_to_secretary
}
