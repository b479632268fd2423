import { type Body, type sittingRoutes, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { findFitUnits } from '../office/index.ts'
import { lockFor } from './lock-for.ts'
import { recordSittingEvent } from './record-sitting-event.ts'
import { standingAt } from './sittings.policy.ts'
import {
  addItems,
  askUnits,
  findReasons,
  insertSitting,
  listItemStates,
  listPresiders,
  listSittingUnits,
  type NewItem,
  removeItems,
  type SittingKey,
  saveSitting,
  unaskUnits,
} from './sittings.queries.ts'

const unfit = (reason: string, path: string, message: string): AppError =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${path}`, message }] })

const assertMayPreside = async (tx: Tx, { clock }: Deps, communityCode: string, personId: string): Promise<void> => {
  if ((await listPresiders(tx, communityCode, clock.now(), personId)).length === 0)
    throw unfit('presider_unfit', 'presiderId', '主持人须是本社区书记或专干')
}

const assertUnitsFit = async (tx: Tx, communityCode: string, unitIds: readonly string[]): Promise<void> => {
  if (unitIds.length > 0 && (await findFitUnits(tx, communityCode, unitIds)).length < unitIds.length)
    throw unfit('unit_unfit', 'units', '没有这个单位、已停用或不服务于本社区')
}

/** The matters as items after those there are. @throws AppError unprocessable when one is unknown here or at its end */
const itemsOf = async (
  tx: Tx,
  { clock }: Deps,
  communityCode: string,
  publicIds: readonly string[],
  first: number,
): Promise<NewItem[]> => {
  if (publicIds.length === 0) return []
  const keys = [...new Set(publicIds)].map(splitPublicId)
  const ids = keys.map(({ id }) => id)
  const reasons = new Map(
    (await findReasons(tx, communityCode, ids, clock.now())).map(({ issueId, reason }) => [issueId, reason]),
  )
  return keys.map((key, i) => {
    const reason = key.communityCode === communityCode ? reasons.get(key.id) : undefined
    if (!reason) throw unfit('matter_unfit', 'issueIds', '只能上会本社区尚未办结的事项')
    return { issueId: key.id, position: first + i, reason }
  })
}

/** @throws AppError forbidden elsewhere; unprocessable for an unfit presider, units and matters */
export const createSitting = async (
  tx: Tx,
  deps: Deps,
  actor: Actor,
  body: Body<typeof sittingRoutes.createSitting>,
): Promise<SittingKey> => {
  const { community: communityCode, heldAt, place, presiderId, issueIds } = body
  const units = [...new Set(body.units)]
  const tree = await deps.directory.regions.tree()
  if (tree.get(communityCode)?.level !== 'community' || !standingAt(actor, tree, communityCode).manages)
    throw new AppError('forbidden')
  await assertMayPreside(tx, deps, communityCode, presiderId)
  await assertUnitsFit(tx, communityCode, units)
  const items = await itemsOf(tx, deps, communityCode, issueIds, 1)
  const at = deps.clock.now()
  const key = { communityCode, id: newId(at) }
  await insertSitting(tx, { ...key, heldAt, place, presiderId })
  if (units.length > 0) await askUnits(tx, key, units)
  if (items.length > 0) await addItems(tx, key, items)
  await recordSittingEvent(tx, deps, { ...key, state: 'announced' }, 'create', {
    from: null,
    at,
    record: { heldAt, asked: units, added: items },
    personal: { by: personOf(actor), presiderId, place },
  })
  return key
}

/** @throws AppError not_found, forbidden, stale_version; unprocessable when it is over, and for what does not fit */
export const changeSitting = async (
  tx: Tx,
  deps: Deps,
  key: SittingKey,
  actor: Actor,
  version: number,
  change: Body<typeof sittingRoutes.changeSitting>,
): Promise<void> => {
  const sitting = await lockFor(tx, deps, key, actor, 'change', version)
  const { heldAt = sitting.heldAt, place = sitting.place, presiderId = sitting.presiderId } = change
  if (presiderId !== sitting.presiderId) await assertMayPreside(tx, deps, key.communityCode, presiderId)
  const before = (await listSittingUnits(tx, key)).map(({ unitId }) => unitId)
  const wanted = change.units ?? before
  const asked = [...new Set(wanted.filter((id) => !before.includes(id)))]
  const unasked = before.filter((id) => !wanted.includes(id))
  await assertUnitsFit(tx, key.communityCode, asked)

  const items = await listItemStates(tx, key)
  const waiting = items.filter(({ state }) => state === 'waiting').map(({ issueId }) => issueId)
  const listed = change.issueIds?.map((id) => splitPublicId(id).id) ?? waiting
  if (items.some(({ issueId, state }) => state !== 'waiting' && listed.includes(issueId)))
    throw unfit('matter_done', 'issueIds', '有事项在这次会议上已经议过')
  const fresh = (change.issueIds ?? []).filter((id) => !waiting.includes(splitPublicId(id).id))
  const last = Math.max(0, ...items.map(({ position }) => position))
  const added = await itemsOf(tx, deps, key.communityCode, fresh, last + 1)
  const removed = waiting.filter((id) => !listed.includes(id))

  if (unasked.length > 0) await unaskUnits(tx, key, unasked)
  if (asked.length > 0) await askUnits(tx, key, asked)
  if (removed.length > 0) await removeItems(tx, key, removed)
  if (added.length > 0) await addItems(tx, key, added)
  await saveSitting(tx, { ...sitting, heldAt, place, presiderId })
  await recordSittingEvent(tx, deps, sitting, 'change', {
    at: deps.clock.now(),
    record: { heldAt, asked, unasked, added, removed },
    personal: { by: personOf(actor), presiderId, place },
  })
}
