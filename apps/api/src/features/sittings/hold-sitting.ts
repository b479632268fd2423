import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockFor } from './lock-for.ts'
import { recordSittingEvent } from './record-sitting-event.ts'
import {
  listItemStates,
  listSittingUnits,
  markPresent,
  nextNumber,
  noteItems,
  type SittingKey,
  saveSitting,
} from './sittings.queries.ts'

/** Who asks for what, having seen which version. */
export interface Asked {
  key: SittingKey
  actor: Actor
  version: number
}

/** It gets its number now. @throws AppError not_found, forbidden, stale_version, unprocessable, as do the others below */
export const openSitting = async (tx: Tx, deps: Deps, { key, actor, version }: Asked): Promise<void> => {
  const sitting = await lockFor(tx, deps, key, actor, 'open', version)
  const at = deps.clock.now()
  const number = await nextNumber(tx, key.communityCode)
  const opened = { ...sitting, number, state: 'in_session' as const, openedAt: at.toISOString() }
  await saveSitting(tx, opened)
  const it = { from: sitting.state, at, record: { number }, personal: { by: personOf(actor) } }
  await recordSittingEvent(tx, deps, opened, 'open', it)
}

export const attendSitting = async (
  tx: Tx,
  deps: Deps,
  { key, actor, version }: Asked,
  unitIds: readonly string[],
): Promise<void> => {
  const sitting = await lockFor(tx, deps, key, actor, 'attend', version)
  const asked = (await listSittingUnits(tx, key)).map(({ unitId }) => unitId)
  const present = [...new Set(unitIds)]
  if (present.some((id) => !asked.includes(id)))
    throw new AppError('unprocessable', { reason: 'unit_not_asked', detail: '先把该单位列入到会单位' })
  await markPresent(tx, key, present)
  await saveSitting(tx, sitting)
  const it = { at: deps.clock.now(), record: { present }, personal: { by: personOf(actor) } }
  await recordSittingEvent(tx, deps, sitting, 'attend', it)
}

/** Nothing is decided: the matter comes back next time. */
export const noteItem = async (
  tx: Tx,
  deps: Deps,
  { key, actor, version }: Asked,
  { issueId, note }: { issueId: string; note: string },
): Promise<void> => {
  const sitting = await lockFor(tx, deps, key, actor, 'decide', version)
  const item = (await listItemStates(tx, key)).find((each) => each.issueId === issueId)
  if (!item) throw new AppError('not_found')
  if (item.state !== 'waiting')
    throw new AppError('unprocessable', { reason: 'matter_done', detail: '该事项在这次会议上已经议过' })
  await noteItems(tx, key, issueId, note)
  await saveSitting(tx, sitting)
  const it = { at: deps.clock.now(), record: { issueId }, personal: { by: personOf(actor), note } }
  await recordSittingEvent(tx, deps, sitting, 'note', it)
}

/** What was not reached comes back next time. */
export const closeSitting = async (tx: Tx, deps: Deps, { key, actor, version }: Asked): Promise<void> => {
  const sitting = await lockFor(tx, deps, key, actor, 'close', version)
  const at = deps.clock.now()
  const closed = { ...sitting, state: 'closed' as const, closedAt: at.toISOString() }
  await noteItems(tx, key, null, null)
  await saveSitting(tx, closed)
  await recordSittingEvent(tx, deps, closed, 'close', { from: sitting.state, at, personal: { by: personOf(actor) } })
}

export const cancelSitting = async (
  tx: Tx,
  deps: Deps,
  { key, actor, version }: Asked,
  reason: string,
): Promise<void> => {
  const sitting = await lockFor(tx, deps, key, actor, 'cancel', version)
  const cancelled = { ...sitting, state: 'cancelled' as const, cancelReason: reason }
  await noteItems(tx, key, null, null)
  await saveSitting(tx, cancelled)
  const it = { from: sitting.state, at: deps.clock.now(), personal: { by: personOf(actor), reason } }
  await recordSittingEvent(tx, deps, cancelled, 'cancel', it)
}
