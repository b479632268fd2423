import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockFor } from './lock-for.ts'
import {
  deleteMilestone,
  findMilestone,
  insertMilestone,
  listMilestones,
  markReached,
  updateMilestone,
} from './milestones.queries.ts'
import { recordForceEvent } from './record-force-event.ts'
import { type ForceKey, saveForce } from './task-forces.queries.ts'

const MOST = 50

const refusal = (reason: string, detail: string) => new AppError('unprocessable', { reason, detail })

/** @throws AppError not_found; unprocessable when it was reached */
const findOpen = async (tx: Tx, key: ForceKey, id: string) => {
  const milestone = await findMilestone(tx, key, id)
  if (!milestone) throw new AppError('not_found')
  if (milestone.reachedAt !== null) throw refusal('milestone_reached', '该节点已完成')
  return milestone
}

/** Who asks for what, having seen which version. */
export interface Asked {
  key: ForceKey
  actor: Actor
  version: number
}

/** @throws AppError not_found, forbidden, stale_version, unprocessable, as do the others below */
export const addMilestone = async (
  tx: Tx,
  deps: Deps,
  { key, actor, version }: Asked,
  { title, dueOn }: { title: string; dueOn: string },
): Promise<void> => {
  const { force } = await lockFor(tx, deps, key, actor, 'plan', version)
  if ((await listMilestones(tx, key)).length >= MOST) throw refusal('too_many_milestones', `最多 ${MOST} 个节点`)
  const at = deps.clock.now()
  const id = newId(at)
  await insertMilestone(tx, key, { id, title, dueOn })
  await saveForce(tx, force)
  const record = { milestoneId: id, dueOn }
  await recordForceEvent(tx, deps, key, 'plan', { at, record, personal: { by: personOf(actor), title } })
}

export const changeMilestone = async (
  tx: Tx,
  deps: Deps,
  { key, actor, version }: Asked,
  change: { id: string; title?: string | undefined; dueOn?: string | undefined },
): Promise<void> => {
  const { force } = await lockFor(tx, deps, key, actor, 'plan', version)
  const { id, title, dueOn } = await findOpen(tx, key, change.id)
  const now = { title: change.title ?? title, dueOn: change.dueOn ?? dueOn }
  await updateMilestone(tx, key, { id, ...now })
  await saveForce(tx, force)
  await recordForceEvent(tx, deps, key, 'replan', {
    at: deps.clock.now(),
    record: { milestoneId: id, dueOn: now.dueOn },
    personal: { by: personOf(actor), title: now.title },
  })
}

export const dropMilestone = async (
  tx: Tx,
  deps: Deps,
  { key, actor, version }: Asked,
  milestoneId: string,
): Promise<void> => {
  const { force } = await lockFor(tx, deps, key, actor, 'plan', version)
  const { title } = await findOpen(tx, key, milestoneId)
  await deleteMilestone(tx, key, milestoneId)
  await saveForce(tx, force)
  const personal = { by: personOf(actor), title }
  await recordForceEvent(tx, deps, key, 'drop', { at: deps.clock.now(), record: { milestoneId }, personal })
}

/** Put on record by any member; done by whom they say, one of the members. */
export const reachMilestone = async (
  tx: Tx,
  deps: Deps,
  { key, actor, version }: Asked,
  { id, by, note = null }: { id: string; by?: string | undefined; note?: string | undefined | null },
): Promise<void> => {
  const { force, members } = await lockFor(tx, deps, key, actor, 'reach', version)
  const { title } = await findOpen(tx, key, id)
  const recordedBy = personOf(actor)
  const reachedBy = by ?? recordedBy
  if (!members.some(({ personId }) => personId === reachedBy))
    throw refusal('reached_by_no_member', '完成节点的须是专班成员，请选择由谁完成')
  const at = deps.clock.now()
  await markReached(tx, key, { id, at, by: reachedBy, note })
  await saveForce(tx, force)
  await recordForceEvent(tx, deps, key, 'reach', {
    at,
    record: { milestoneId: id },
    personal: { by: recordedBy, reachedBy, title, ...(note !== null && { note }) },
  })
}
