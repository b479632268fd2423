import type { partInput } from '@tongxin/contract'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { AppError } from '../../http/errors.ts'
import type { Decided } from '../issues/index.ts'
import { endOrders, insertOrder } from './orders.queries.ts'
import { findOpenParts, findReturns } from './parts.queries.ts'
import { findFitUnits, lockActiveUnits } from './units.queries.ts'

type Part = z.output<typeof partInput>

const unfit = (reason: string, message: string, index?: number): AppError =>
  new AppError('unprocessable', {
    reason,
    detail: message,
    errors: [{ path: index === undefined ? 'body.leadUnitId' : `body.coUnits.${index}.unitId`, message }],
  })

/** @throws AppError unprocessable, naming the part that does not fit */
const assertPartsFit = async (tx: Tx, { key, issue }: Decided, leadUnitId: string, parts: readonly Part[]) => {
  const fit = new Set(
    (
      await findFitUnits(
        tx,
        key.communityCode,
        parts.map((part) => part.unitId),
      )
    ).map(({ id }) => id),
  )
  const seen = new Set<string>()
  for (const [index, { unitId }] of parts.entries()) {
    if (unitId === leadUnitId) throw unfit('co_unit_is_lead', '主办单位不能同时是协办单位', index)
    if (seen.has(unitId)) throw unfit('co_unit_repeated', '同一单位只能有一项分工', index)
    if (unitId === issue.complainedUnitId) throw unfit('co_unit_complained', '被投诉单位不能参与办理', index)
    if (!fit.has(unitId)) throw unfit('co_unit_unfit', '没有这个单位、已停用或不服务于本社区', index)
    seen.add(unitId)
  }
}

/** @throws AppError unprocessable when a unit was dissolved in this moment */
const lockUnits = async (tx: Tx, leadUnitId: string, parts: readonly Part[]): Promise<void> => {
  const active = await lockActiveUnits(tx, [leadUnitId, ...parts.map(({ unitId }) => unitId)])
  if (!active.has(leadUnitId)) throw unfit('lead_unit_unfit', '该单位已停用')
  const at = parts.findIndex(({ unitId }) => !active.has(unitId))
  if (at >= 0) throw unfit('co_unit_unfit', '该单位已停用', at)
}

/**
 * Gives the matter's lead unit its order and, where parts are named, the co-units theirs. Orders standing in their place end;
 * parts stay as they are when none are named. What the secretary designates, or gives again to a unit that returned it, may not
 * be returned.
 * @throws AppError unprocessable when a co-unit is the lead, repeated, complained about or serves elsewhere
 */
export const assignUnits = async (tx: Tx, decided: Decided): Promise<void> => {
  const { key, after, payload, personId, now } = decided
  const { leadUnitId } = after
  if (leadUnitId === null) throw new Error('The rules let a matter through to the office without a lead unit')
  const parts = payload.coUnits as Part[] | undefined
  if (parts) await assertPartsFit(tx, decided, leadUnitId, parts)
  await lockUnits(tx, leadUnitId, parts ?? [])
  const returned = decided.as === 'secretary' ? (await findReturns(tx, key, after.round)).unitIds : []
  const replaced = { state: 'replaced', at: now, by: personId, result: null } as const
  await endOrders(tx, key, { role: 'lead' }, replaced)
  if (parts) await endOrders(tx, key, { role: 'co' }, replaced)
  else if ((await findOpenParts(tx, key, now)).some(({ unitId }) => unitId === leadUnitId))
    throw unfit('lead_unit_has_part', '该单位还有协办分工，请先免办，或重新列出协办单位')

  const dueAt = after.handleDueAt ?? now
  const order = { round: after.round, madeAt: now }
  const task = (payload.instructions ?? (decided.action === 'rectify' ? payload.reason : null) ?? null) as string | null
  const { designated } = after
  await insertOrder(tx, key, { ...order, id: newId(now), unitId: leadUnitId, role: 'lead', task, dueAt, designated })
  for (const { unitId, task: partTask = null, dueAt: partDueAt } of parts ?? []) {
    await insertOrder(tx, key, {
      ...order,
      id: newId(now),
      unitId,
      role: 'co',
      task: partTask,
      dueAt: partDueAt === undefined ? dueAt : new Date(partDueAt),
      designated: designated || returned.includes(unitId),
    })
  }
}

/** Gives one more co-unit a part, while the others go on. @throws AppError unprocessable when it was dissolved in this moment */
export const addPart = async (tx: Tx, decided: Decided): Promise<void> => {
  const { key, after, payload, as, now } = decided
  const unitId = String(payload.unitId)
  if (!(await lockActiveUnits(tx, [unitId])).has(unitId)) throw unfit('co_unit_unfit', '该单位已停用')
  const again = as === 'secretary' && (await findReturns(tx, key, after.round)).unitIds.includes(unitId)
  await insertOrder(tx, key, {
    id: newId(now),
    round: after.round,
    madeAt: now,
    unitId,
    role: 'co',
    task: (payload.instructions as string | undefined) ?? null,
    dueAt: payload.dueAt === undefined ? (after.handleDueAt ?? now) : new Date(String(payload.dueAt)),
    designated: payload.designated === true || again,
  })
}
